import {expect, test} from 'vitest';
import {schemaErrors} from '../helpers/schema.ts';
import {run} from './run.ts';

test('a scenario of the demo', async () => {
	const result = await run(['demo', 'scaled-to-zero']);
	expect(result).toMatchObject({code: 0, stderr: ''});
	expect(result.stdout).toContain('KNET502');
});

test('the demo as JSON: two documents that fit the schema', async () => {
	const {stdout} = await run(['demo', 'crash-loop', '-o', 'json']);
	const documents = stdout
		.split(/(?<=^\})\n/mu)
		.filter((text) => text.trim() !== '')
		.map((text): unknown => JSON.parse(text));
	expect(documents.flatMap(schemaErrors)).toEqual([]);
	expect(documents).toMatchObject([{kind: 'Scan'}, {kind: 'Trace'}]);
});
