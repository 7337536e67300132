import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {directoryOf} from '../helpers/files.ts';
import {schemaErrors} from '../helpers/schema.ts';
import {shopYaml} from '../session/cluster.ts';
import {refusal, run} from './run.ts';

const service = (app: string): string => `
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {selector: {app: ${app}}, ports: [{port: 80, targetPort: 8080}]}
`;

const denyAll = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny-all, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress]}
`;

const deployment = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, uid: d}
spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web-1, namespace: shop, uid: p-web, labels: {app: web, pod-template-hash: h}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-h, uid: r, controller: true}]}
spec: {nodeName: node-a, containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]}
status: {phase: Running, podIP: 10.244.0.3, podIPs: [{ip: 10.244.0.3}], conditions: [{type: Ready, status: "True"}], containerStatuses: [{name: app, ready: true, restartCount: 0, image: app, imageID: app, state: {running: {}}}]}
`;

/** The shop without the pod that `deployment` brings itself. */
const shop =
	`${readFileSync(new URL('../data-sources/cluster.yaml', import.meta.url), 'utf8')}\n---\n${shopYaml}`
		.split('---\n')
		.filter((document) => !/kind: Pod\nmetadata: \{name: web-1/u.test(document))
		.join('---\n');

async function whatIf(args: readonly string[], change = '') {
	const directory = await directoryOf({'cluster.yaml': shop + deployment, 'change.yaml': change});
	const over = join(directory, 'cluster.yaml');
	const files = change === '' ? ['-f', over] : ['--over', over, '-f', join(directory, 'change.yaml')];
	return run(['scan', '-n', 'shop', ...files, ...args]);
}

describe('what if', () => {
	test('a manifest with another selector: the path that breaks is named, with what was assumed', async () => {
		const {code, stdout, stderr} = await whatIf([], service('apii'));
		expect([code, stderr]).toEqual([1, '']);
		expect(stdout).toBe(
			`✗ broken    shop  svc/api:80  was ok  client sees connection refused; KNET501 No pod in namespace shop has app=apii, which Service api selects; 1 pod has app=api. Whether a workload is scaled to zero is not known (StatefulSet, ReplicaSet).

1 of 2 paths would change.
Assumed: The endpoints of Service shop/api are inferred from selectors and pods.
`,
		);
	});

	test('the manifest that is there already changes nothing', async () => {
		expect(await whatIf([], service('api'))).toEqual({
			code: 0,
			stdout: 'None of 2 paths would change.\n',
			stderr: '',
		});
	});

	test.each([
		[
			'{selektor: {app: api}, ports: [{port: 80}]}',
			'the API server refuses Service api: spec has no field selektor; the nearest is selector',
		],
		['{selector: {app: api}, ports: {port: 80}}', 'spec.ports of a Service is no list'],
	])('a manifest that the API server would refuse changes nothing: %s', async (spec, fault) => {
		const refused = `apiVersion: v1\nkind: Service\nmetadata: {name: api}\nspec: ${spec}\n`;
		const {stdout, stderr} = await whatIf([], `${service('api')}---\n${refused}`);
		expect(stdout).toBe('None of 2 paths would change.\n');
		expect(stderr).toMatch(/^warning: left out: /u);
		expect(stderr).toContain(`: ${fault}.\n`);
	});

	test('a workload scaled to none, and to more', async () => {
		const none = await whatIf(['--scale', 'deploy/web=0']);
		expect(none.code).toBe(1);
		expect(none.stdout).toContain('✗ broken    shop  svc/web:80  was ok');
		expect(none.stdout).toContain(
			'Assumed: Of Deployment/shop/web the pods that serve least go first, then the newest.',
		);
		const more = await whatIf(['--scale', 'deploy/web=3', '-o', 'json']);
		expect([more.code, JSON.parse(more.stdout)]).toMatchObject([
			0,
			{kind: 'WhatIf', changes: [], assumed: [expect.stringContaining('become ready'), expect.any(String)]},
		]);
		expect(schemaErrors(JSON.parse(more.stdout))).toEqual([]);
	});

	test('a Pod that is applied becomes ready', async () => {
		const {code, stdout} = await whatIf(
			[],
			'{apiVersion: v1, kind: Pod, metadata: {name: extra, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c}]}}',
		);
		expect(code).toBe(0);
		expect(stdout).toContain('None of 2 paths would change.');
		expect(stdout).toContain('Assumed: Pod/shop/extra becomes ready.');
	});

	test('a node drained', async () => {
		const {code, stdout} = await whatIf(['--drain', 'node-a', '-o', 'json']);
		const report = JSON.parse(stdout);
		expect(schemaErrors(report)).toEqual([]);
		expect([code, report.verdict]).toEqual([1, 'broken']);
		expect(
			report.changes.map(({title, before, after}: any) => [title, before.verdict, after.verdict]),
		).toEqual([
			['svc/api:80', 'ok', 'broken'],
			['svc/web:80', 'ok', 'broken'],
		]);
	});

	test('a policy applied, and one deleted', async () => {
		const denied = await whatIf(['-o', 'json'], denyAll);
		expect(JSON.parse(denied.stdout).changes).toMatchObject([
			{before: {verdict: 'ok'}, after: {verdict: 'degraded'}},
			{before: {verdict: 'ok'}, after: {verdict: 'degraded'}},
		]);
		const directory = await directoryOf({'cluster.yaml': shop + deployment + `---${denyAll}`});
		const freed = await run([
			'scan',
			'-n',
			'shop',
			'-f',
			join(directory, 'cluster.yaml'),
			'--without',
			'netpol/deny-all',
		]);
		expect([freed.code, freed.stdout]).toEqual([
			0,
			expect.stringContaining('✓ ok        shop  svc/api:80  was degraded'),
		]);
	});

	test('one target', async () => {
		const directory = await directoryOf({'cluster.yaml': shop + deployment, 'change.yaml': service('apii')});
		const args = [
			'-n',
			'shop',
			'--over',
			join(directory, 'cluster.yaml'),
			'-f',
			join(directory, 'change.yaml'),
		];
		expect(await run(['trace', 'svc/api:80', ...args])).toMatchObject({
			code: 1,
			stdout: expect.stringContaining('1 of 1 path would change'),
		});
		expect(await run(['trace', 'svc/web:80', ...args])).toMatchObject({
			code: 0,
			stdout: expect.stringContaining('None of 1 path would change.\n'),
		});
		expect(await run(['trace', 'svc/none', ...args])).toMatchObject({code: 2});
	});

	test('over a recording', async () => {
		const recording = fileURLToPath(new URL('../fixtures/shop.knetrec', import.meta.url));
		const {code} = await run(['scan', '--over', recording, '--drain', 'none']);
		expect(code).toBe(2);
	});

	test.each([
		[
			['--over', 'live'],
			'--over lays changes over a cluster, and there are none.',
			'Give manifests with -f, or --scale, --drain or --without.',
		],
		[
			['--scale', 'deploy/web'],
			'--scale deploy/web is not KIND/NAME=N.',
			'For example: --scale deploy/api=0.',
		],
		[['--scale', 'svc/web=1'], '--scale svc/web=1 is not KIND/NAME=N.', 'For example: --scale deploy/api=0.'],
		[
			['--scale', 'deploy/none=1'],
			'There is no Deployment none in namespace shop.',
			'There are: web. -n NAMESPACE, or KIND/NAMESPACE/NAME, names one of another namespace.',
		],
		[['--drain', 'node-x'], 'There is no Node node-x.', 'Did you mean node-a?'],
		[['--scale', 'deploy/wbe=1'], 'There is no Deployment wbe in namespace shop.', 'Did you mean web?'],
		[
			['--without', 'netpol/nope'],
			'There is no NetworkPolicy nope in namespace shop.',
			'The input holds no NetworkPolicy of namespace shop. -n NAMESPACE, or KIND/NAMESPACE/NAME, names one of another namespace.',
		],
		[
			['--without', 'deny-all'],
			'--without deny-all is not KIND/NAME.',
			'For example: --without netpol/deny-all.',
		],
	])('%j is refused', async (args, sentence, next) => {
		const directory = await directoryOf({'cluster.yaml': shop + deployment});
		const file = join(directory, 'cluster.yaml');
		const source = args[0] === '--over' ? ['--over', file] : ['-f', file, ...args];
		expect(await run(['scan', '-n', 'shop', ...source])).toEqual(refusal(sentence, next));
	});
});
