import {stringify} from 'yaml';
import {expect, test} from 'vitest';
import {safe} from '../../source/model/safe-text/safe.ts';
import {directoryOf} from '../helpers/files.ts';
import {canary, run, type Run} from './run.ts';

/** Title, bell, CSI of eight bits, an override of direction, a filler that nobody sees. */
const evil = '\u001B]0;PWN\u0007\u009B31m\u202Eevil\u3164';

function expectSafe({stdout, stderr}: Run): void {
	for (const text of [stdout, stderr]) {
		expect(text.split('\n').map(safe)).toEqual(text.split('\n'));
	}
}

type Parts = {
	readonly cluster?: object;
	readonly user?: object;
	readonly context?: object;
	readonly more?: object;
};

async function kubeconfig({cluster, user, context, more}: Parts): Promise<readonly string[]> {
	const directory = await directoryOf({
		config: stringify({
			clusters: [{name: `c${evil}`, cluster: {server: 'https://127.0.0.1:1', ...cluster}}],
			users: [{name: `u${evil}`, user: {...user}}],
			contexts: [{name: `x${evil}`, context: {cluster: `c${evil}`, user: `u${evil}`, ...context}}],
			'current-context': `x${evil}`,
			...more,
		}),
	});
	return ['--kubeconfig', `${directory}/config`];
}

const kubeconfigs: ReadonlyArray<readonly [string, Parts]> = [
	['a context that is not there', {more: {'current-context': `y${evil}`}}],
	['a cluster that is not there', {context: {cluster: `d${evil}`}}],
	['a user that is not there', {context: {user: `v${evil}`}}],
	['a server that is no URL', {cluster: {server: `ftp://me:${canary}@h${evil}`}}],
	['a server whose name does not resolve', {cluster: {server: `https://me:${canary}@h.invalid`}}],
	['a proxy that is no URL', {cluster: {'proxy-url': `x${evil}`}}],
	['an authority that cannot be read', {cluster: {'certificate-authority': `/no/${evil}`}}],
	['a token file that cannot be read', {user: {tokenFile: `/no/${evil}`}}],
	[
		'a client certificate that cannot be read',
		{user: {'client-certificate': `/no/${evil}`, 'client-key': '/no'}},
	],
	['an auth provider', {user: {'auth-provider': {name: `p${evil}`}}}],
	[
		'an exec plugin that is not there',
		{
			user: {
				exec: {
					apiVersion: 'client.authentication.k8s.io/v1',
					command: `no-${evil}`,
					installHint: `hint ${evil}`,
					interactiveMode: 'Never',
				},
			},
		},
	],
	['a field of another type', {more: {contexts: [{name: `x${evil}`, context: evil}]}}],
];

test.each(kubeconfigs)('a kubeconfig with %s reaches the terminal as text', async (_, parts) => {
	const args = await kubeconfig(parts);
	const result = await run(['scan', '--request-timeout', '2s', ...args], {KNET_DEBUG: ''});
	expect(result.code).toBe(2);
	expectSafe(result);
});

test.each([
	[['trace', `svc/${evil}:99999`]],
	[['trace', `https://me:${canary}@h${evil}/`, '-f', '-']],
	[['trace', 'svc/web', '--from', evil]],
	[['scan', '-f', `/no/${evil}`]],
	[['scan', `--${evil}`]],
	[['scan', '-o', evil]],
	[['scan', '--request-timeout', evil]],
	[['scan', '--context', evil]],
	[['scan', evil]],
	[[evil, 'x']],
	[['explain', evil]],
	[['demo', evil]],
	[['completion', evil]],
	[['replay', `/no/${evil}`]],
	[['record', `/no/${evil}`, '--server', 'http://127.0.0.1:1']],
])('arguments %j reach the terminal as text', async (args) => {
	const result = await run(args);
	expect(result.code).toBe(2);
	expectSafe(result);
});

test.each(['text', 'wide', 'json', 'yaml', 'markdown', 'name'])(
	'a namespace and a target with hostile text reach -o %s as text',
	async (format) => {
		const directory = await directoryOf({
			'web.yaml':
				'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{port: 80}]}\n',
		});
		const files = ['-f', directory, '-o', format];
		const runs = await Promise.all([
			run(['trace', `svc/web${evil}`, '-n', `shop${evil}`, ...files]),
			run(['dns', `web${evil}.shop`, ...files]),
			run(['trace', `http://shop.example.com/${evil}?${evil}`, '-H', `x: ${evil}`, ...files]),
			run(['scan', '-n', `shop${evil}`, ...files]),
		]);
		runs.forEach(expectSafe);
	},
);

const recorded = [
	{
		apiVersion: 'knet/v1alpha1',
		kind: 'Recording',
		metadata: {startedAt: 0, knetVersion: '0', context: evil},
	},
	...['init', 'init-done'].map((type) => ({t: 0, event: {type, kind: 'Service'}})),
].map((line) => JSON.stringify(line));

test('a recording with an object of another shape is refused by its line', async () => {
	const line = JSON.stringify({t: 0, event: {type: 'apply', kind: 'Service', object: {name: evil}}});
	const directory = await directoryOf({'a.knetrec': [...recorded, line, ''].join('\n')});
	const result = await run(['replay', `${directory}/a.knetrec`, '-o', 'json']);
	expect(result).toMatchObject({code: 2, stdout: ''});
	expect(result.stderr).toContain(
		'a.knetrec cannot be read at line 4: event.object.namespace is undefined, not text.',
	);
});

test.each(['text', 'json', 'yaml', 'markdown', 'name'])(
	'a recording of somebody else reaches -o %s as text',
	async (format) => {
		const directory = await directoryOf({'a.knetrec': [...recorded, ''].join('\n')});
		const result = await run(['replay', `${directory}/a.knetrec`, '-o', format]);
		expectSafe(result);
		expect(result.stderr).not.toContain('fault');
	},
);
