import {expect, onTestFinished, test} from 'vitest';
import {startDemo} from '../../source/demo/start-demo.ts';
import {directoryOf} from '../helpers/files.ts';
import {kubeconfigFor, nobody, serve} from './api-server.ts';
import {canary, refusal, run} from './run.ts';

const tried = 'kubectl cluster-info tries the same connection.';
const scan = ['scan', '--request-timeout', '2s'];

test('a context that does not exist', async () => {
	const kubeconfig = await kubeconfigFor('https://127.0.0.1:1');
	const result = await run(['scan', '--kubeconfig', kubeconfig, '--context', 'prd']);
	expect(result).toMatchObject({code: 2, stdout: ''});
	expect(result.stderr).toMatch(/^error: no context "prd" in the kubeconfig.*prod/u);
});

test.each([
	['bad YAML', `users: [{token: ${canary}`],
	['no mapping', `- ${canary}`],
	['another kind', `apiVersion: v1\nkind: Secret\nstringData: {token: ${canary}}`],
	['a directory', undefined],
])('a kubeconfig that is %s', async (_, text) => {
	const directory = await directoryOf({config: text ?? ''});
	const result = await run(['scan', '--kubeconfig', text === undefined ? directory : `${directory}/config`]);
	expect(result).toMatchObject({code: 2, stdout: ''});
	expect(result.stderr).toMatch(/^error: /u);
	expect(result.stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
});

test('an API server on which nobody listens', async () => {
	const server = await nobody();
	const result = await run([...scan, '--kubeconfig', await kubeconfigFor(server)]);
	expect(result).toEqual(
		refusal(`the API server at ${server} refuses the connection: nothing listens there`, tried),
	);
});

test('403 everywhere: says which permission is missing, and is neither well nor broken', async () => {
	const url = await serve((request, response) => {
		response.writeHead(403, {'content-type': 'application/json'});
		response.end(
			JSON.stringify({
				kind: 'Status',
				apiVersion: 'v1',
				status: 'Failure',
				reason: 'Forbidden',
				code: 403,
				message: `User "nora" cannot list resource at ${request.url?.split('?')[0]}`,
			}),
		);
	});
	const kubeconfig = ['--kubeconfig', await kubeconfigFor(url)];
	const result = await run([...scan, ...kubeconfig]);
	expect(result.code).toBe(2);
	expect(result.stdout).toContain('KNET901');
	const trace = await run(['trace', 'svc/web', ...kubeconfig, '--request-timeout', '2s']);
	expect(trace.code).toBe(2);
	expect(trace.stdout).toContain('You may not list services in namespace shop');
});

test('a credential that is not accepted', async () => {
	const url = await serve((_, response) => {
		response.writeHead(401, {'content-type': 'application/json'});
		response.end(
			'{"kind":"Status","apiVersion":"v1","code":401,"reason":"Unauthorized","message":"Unauthorized"}',
		);
	});
	const result = await run([...scan, '--kubeconfig', await kubeconfigFor(url)]);
	expect(result).toMatchObject({code: 2, stdout: ''});
	expect(result.stderr).toContain('does not accept the credential (401)');
});

test('an API server that never answers is given up on after --request-timeout', async () => {
	const url = await serve(() => {});
	const result = await run(['scan', '--request-timeout', '300ms', '--kubeconfig', await kubeconfigFor(url)]);
	expect(result).toMatchObject({code: 2, stdout: ''});
	expect(result.stderr).toMatch(/^error: the API server .*did not answer within .*\n/u);
});

test.each(['0', '0s', '9999h', '99999999'])(
	'--request-timeout %s waits as long as it takes',
	async (timeout) => {
		const demo = await startDemo({live: false});
		try {
			const result = await run(['scan', '--request-timeout', timeout, '--server', demo.url, '-n', 'shop']);
			expect(result).toMatchObject({code: 0, stderr: ''});
		} finally {
			await demo.stop();
		}
	},
);

test('a --request-timeout that is no duration', async () => {
	const result = await run([
		'scan',
		'--request-timeout',
		'soon',
		'--kubeconfig',
		await kubeconfigFor(await nobody()),
	]);
	expect(result).toEqual(
		refusal(
			'--request-timeout soon is not a duration.',
			'Write seconds, or one such as 5s, 2m or 1m30s; 0 is no limit.',
		),
	);
});

test('an exec plugin that hangs is given up on after --request-timeout', async () => {
	const directory = await directoryOf({
		login: '#!/bin/sh\nexec sleep 600\n',
		config: `apiVersion: v1
kind: Config
current-context: prod
contexts: [{name: prod, context: {cluster: prod, user: nora}}]
clusters: [{name: prod, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: nora, user: {exec: {command: ./login, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}}}]
`,
	});
	const result = await run(['scan', '--request-timeout', '300ms', '--kubeconfig', `${directory}/config`]);
	expect(result).toEqual(refusal(`the exec plugin ${directory}/login gave no credential within 0.3 s`));
});

test('something that is no API server', async () => {
	const url = await serve((_, response) => {
		response.writeHead(200, {'content-type': 'text/html'});
		response.end('<html><body>Welcome</body></html>');
	});
	const result = await run([...scan, '--kubeconfig', await kubeconfigFor(url)]);
	expect(result).toMatchObject({code: 2, stdout: ''});
});

test('a namespace that does not exist, and the nearest that does', async () => {
	const demo = await startDemo({live: false});
	try {
		const there = refusal('There is no namespace shpo.', 'Did you mean shop?');
		expect(await run([...scan, '--server', demo.url, '-n', 'shpo'])).toEqual(there);
		expect(await run(['trace', 'svc/web', '--server', demo.url, '-n', 'shpo'])).toEqual(there);
	} finally {
		await demo.stop();
	}
});

test('the pods of --from are looked for in the namespace of the context', async () => {
	const demo = await startDemo({live: false});
	onTestFinished(() => demo.stop());
	const kubeconfig = ['--kubeconfig', await kubeconfigFor(demo.url)];
	for (const words of [
		['trace', 'svc/web'],
		['trace', 'svc/web', '--matrix'],
		['trace', 'svc/web', '--scale', 'deploy/web=3'],
		['dns', 'web'],
		['scan'],
		['scan', '--scale', 'deploy/web=3'],
	]) {
		const result = await run([...words, '--from', 'deploy/web', ...kubeconfig]);
		expect(result, words.join(' ')).toMatchObject({stderr: ''});
	}

	const asked = await run(['compare', 'http://app.example.com/', '--from', 'pod/db-0', ...kubeconfig]);
	expect(asked.stderr).toBe('');
	const missing = await run(['compare', 'http://app.example.com/', '--from', 'pod/db-9', ...kubeconfig]);
	expect(missing).toEqual(refusal('There is no Pod db-9 in namespace shop.', 'Did you mean db-0?'));
});
