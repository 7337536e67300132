import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {runEndpointSliceCase, type VectorCase} from './endpointslice.ts';

const cases = JSON.parse(
	readFileSync(new URL('cases/endpointslice.json', import.meta.url), 'utf8'),
) as readonly VectorCase[];

test.each(cases.map((item) => [item.id, item] as const))('%s', (_, item) => {
	const result = runEndpointSliceCase(item);
	if ('skip' in result) {
		throw new Error(result.skip);
	}

	expect(result.pass, JSON.stringify({got: result.got, expected: result.expected}, undefined, 1)).toBe(true);
});
