import {expect, test} from 'vitest';
import {schemaErrors} from '../helpers/schema.ts';
import {knet} from './knet.ts';

test('without a terminal the demo prints a scan and a broken trace, and ends well', async () => {
	const run = await knet(['demo']);
	expect(run).toMatchObject({code: 0, stderr: ''});
	expect(run.stdout).toContain('traffic stops here');
	expect(run.stdout).toMatch(/^\d+ paths: /mu);
});

test('a scenario of the demo', async () => {
	const run = await knet(['demo', 'scaled-to-zero']);
	expect(run).toMatchObject({code: 0, stderr: ''});
	expect(run.stdout).toContain('KNET502');
});

test('the demo as JSON: two documents that fit the schema', async () => {
	const {stdout} = await knet(['demo', 'crash-loop', '-o', 'json']);
	const documents = stdout
		.split(/(?<=^\})\n/mu)
		.filter((text) => text.trim() !== '')
		.map((text): unknown => JSON.parse(text));
	expect(documents.flatMap(schemaErrors)).toEqual([]);
	expect(documents).toMatchObject([{kind: 'Scan'}, {kind: 'Trace'}]);
});
