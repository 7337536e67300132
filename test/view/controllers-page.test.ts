import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {knownControllers} from '../../source/path/controller/known-controllers.ts';
import {controllersPage} from '../../source/view/controllers-page.ts';
import {run} from '../cli/run.ts';

test('source/controllers.md is what npm run docs makes of the records', () => {
	const page = readFileSync(new URL('../../source/controllers.md', import.meta.url), 'utf8');
	expect(page).toBe(controllersPage(knownControllers()));
});

test('every record cites its sources, and serves something', () => {
	for (const {name, sources, serves} of knownControllers()) {
		expect([name, sources.length > 0, serves.length > 0]).toEqual([name, true, true]);
	}
});

test('knet explain --controllers says what a controller answers, and what is not known of it', async () => {
	const {code, stdout} = await run(['explain', '--controllers']);
	expect(code).toBe(0);
	expect(stdout).toContain('Contour  (Ingress, Gateway API, HTTPProxy)');
	expect(stdout).toContain(
		'  Ingress      no rule: 404, no Service or port: 404, no endpoints: 503, pods refuse: 503',
	);
	expect(stdout).toContain('  not known    whether it reads ingressClassName');
});

test('as JSON it is a list', async () => {
	const {stdout} = await run(['explain', '--controllers', '-o', 'json']);
	expect((JSON.parse(stdout) as readonly {readonly name: string}[]).map(({name}) => name)).toContain('Istio');
});
