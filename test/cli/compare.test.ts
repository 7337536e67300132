import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {directoryOf} from '../helpers/files.ts';
import {schemaErrors} from '../helpers/schema.ts';
import {refusal, run} from './run.ts';

const fileIn = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const url = 'http://app.example.com/';

/** Traefik serves an Ingress, Istio a Gateway, both for the same host. */
function compare(scenario: string, ...more: readonly string[]) {
	const files = ['cluster', 'traefik', 'web'].map((name) => fileIn(`data-sources/${name}.yaml`));
	const all = [...files, fileIn(`scenarios/${scenario}/cluster.yaml`)];
	return run(['compare', url, ...all.flatMap((file) => ['-f', file]), ...more]);
}

test('two fronts stand side by side, and exit code 1 says that they differ', async () => {
	const {code, stdout} = await compare('two-fronts-differ');
	expect([code, stdout]).toEqual([
		1,
		`http://app.example.com/

frontend    Ingress class traefik   Gateway shop/gw
controller  Traefik                 Istio
address     203.0.113.10            203.0.113.20
rule        Prefix / → web:80       PathPrefix / → 301 https://app.example.com/
answer      Service shop/web        301 https://app.example.com/
verdict     ok                      ok

✗ the frontends differ
`,
	]);
});

test('fronts that lead to one Service answer the same', async () => {
	const {code, stdout} = await compare('two-fronts-agree');
	expect(code).toBe(0);
	expect(stdout).toContain('the frontends answer the same');
});

test('JSON has every frontend with its paths, and keeps to the schema', async () => {
	const {code, stdout} = await compare('two-fronts-differ', '-o', 'json');
	const report = JSON.parse(stdout) as {
		readonly result: string;
		readonly fronts: readonly {readonly name: string; readonly answers: readonly string[]}[];
	};
	expect(schemaErrors(report)).toEqual([]);
	expect([code, report.result, report.fronts.map(({name, answers}) => ({name, answers}))]).toEqual([
		1,
		'differs',
		[
			{name: 'Ingress class traefik', answers: ['Service shop/web']},
			{name: 'Gateway shop/gw', answers: ['301 https://app.example.com/']},
		],
	]);
});

test('a document that cannot be read is left out, and said to be', async () => {
	const directory = await directoryOf({
		'a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\nkind: [\n',
	});
	const {stderr} = await run(['compare', url, '-f', `${directory}/a.yaml`]);
	expect(stderr).toContain(`warning: left out: ${directory}/a.yaml`);
});

test('one frontend alone agrees with nobody, whether it answers or not: exit code 2', async () => {
	const {code, stdout} = await compare('ingress-works-with-traefik');
	expect(code).toBe(2);
	expect(stdout).toContain('only one frontend names this host: there is nothing to compare');
});

test('a host that nobody names is not told apart: exit code 2', async () => {
	const directory = await directoryOf({
		'a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
	});
	expect(await run(['compare', url, '-f', directory])).toEqual({
		code: 2,
		stdout: 'http://app.example.com/\n\n? no frontend names this host\n',
		stderr: '',
	});
});

test('what is no URL has one front', async () => {
	expect(await run(['compare', 'svc/web', '-f', fileIn('data-sources/web.yaml')])).toEqual(
		refusal(
			'svc/web is no URL: only a URL has several frontends.',
			'For example: knet compare https://app.example.com/api.',
		),
	);
});
