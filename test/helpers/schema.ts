import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {Ajv2020} from 'ajv/dist/2020.js';

const schema: unknown = JSON.parse(
	readFileSync(fileURLToPath(new URL('../../source/view/report/schema.json', import.meta.url)), 'utf8'),
);
const validate = new Ajv2020({allErrors: true, strict: false}).compile(schema as object);

/** What of a report does not fit the published schema; empty when all does. */
export function schemaErrors(report: unknown): readonly string[] {
	return validate(JSON.parse(JSON.stringify(report)))
		? []
		: (validate.errors ?? []).map(({instancePath, message}) => `${instancePath} ${message}`);
}
