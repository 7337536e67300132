import {readFile} from 'node:fs/promises';
import {expect, onTestFinished, test} from 'vitest';
import {startDemo} from '../../source/demo/start-demo.ts';
import {directoryOf} from '../helpers/files.ts';
import type {Screen} from '../helpers/screen.ts';
import {knetScreen} from './knet.ts';

const credential = `printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}}'`;

/** The explorer on one context; another of the same kubeconfig logs in with this plugin. */
async function twoContexts(
	interactiveMode: string,
	body: string,
): Promise<{readonly screen: Screen; readonly directory: string}> {
	const demo = await startDemo({live: false});
	onTestFinished(() => demo.stop());
	const directory = await directoryOf({plugin: `#!/bin/sh\ncd "$(dirname "$0")"\n${body}\n`});
	const config = await directoryOf({
		config: `
apiVersion: v1
kind: Config
clusters:
  - {name: one, cluster: {server: "${demo.url}"}}
  - {name: two, cluster: {server: "https://127.0.0.1:1"}}
users:
  - {name: one, user: {}}
  - {name: two, user: {exec: {command: ${directory}/plugin, apiVersion: client.authentication.k8s.io/v1, interactiveMode: ${interactiveMode}}}}
contexts:
  - {name: one, context: {cluster: one, user: one, namespace: shop}}
  - {name: two, context: {cluster: two, user: two, namespace: shop}}
current-context: one
`,
	});
	const screen = await knetScreen([], {env: {KUBECONFIG: `${config}/config`}, columns: 200});
	await screen.until('● live');
	screen.type(':ctx two\r');
	return {screen, directory};
}

test.each(['Always', 'IfAvailable'])(
	'a plugin that asks while the screen is open has the terminal alone: %s',
	async (mode) => {
		const {screen, directory} = await twoContexts(
			mode,
			`printf 'Password: ' >&2; read -r WORD; printf %s "$WORD" > typed; ${credential}`,
		);
		await screen.until('Password: ');
		expect([screen.buffer(), screen.isRaw()]).toEqual(['normal', false]);
		screen.type('Tqs3cret?x/q\r');
		await screen.until((text) => text.includes('knet  two'));
		expect([screen.buffer(), screen.isRaw()]).toEqual(['alternate', true]);
		expect(await readFile(`${directory}/typed`, 'utf8')).toBe('Tqs3cret?x/q');
		screen.type('?');
		await screen.until('Keys');
	},
);

/** The explorer on a context that logs in with this plugin. */
async function firstContext(interactiveMode: string, body: string): Promise<Screen> {
	const directory = await directoryOf({
		plugin: `#!/bin/sh\n${body}\n`,
		config: `
apiVersion: v1
kind: Config
clusters:
  - {name: one, cluster: {server: "https://127.0.0.1:1"}}
users:
  - {name: one, user: {exec: {command: ./plugin, apiVersion: client.authentication.k8s.io/v1, interactiveMode: ${interactiveMode}}}}
contexts:
  - {name: one, context: {cluster: one, user: one, namespace: shop}}
current-context: one
`,
	});
	return knetScreen([], {env: {KUBECONFIG: `${directory}/config`}});
}

test('the first plugin that asks borrows the terminal from the screen that is there at once', async () => {
	const screen = await firstContext('IfAvailable', `printf 'Password: ' >&2; read -r WORD; ${credential}`);
	await screen.until('Connecting to the cluster.');
	await screen.until('Password: ');
	expect([screen.buffer(), screen.isRaw()]).toEqual(['normal', false]);
	screen.type('secret\r');
	await screen.until('knet  one');
	expect([screen.buffer(), screen.isRaw()]).toEqual(['alternate', true]);
	screen.type('q');
	expect(await screen.ended).toBe(0);
});

test.each(['IfAvailable', 'Never'])(
	'a first plugin that fails ends knet with its words, on the screen of before: %s',
	async (mode) => {
		const screen = await firstContext(mode, `echo 'SSO session expired' >&2; exit 1`);
		expect(await screen.ended).toBe(2);
		expect(screen.buffer()).toBe('normal');
		const said = screen.text().replaceAll('\n', '');
		expect(said).toMatch(/error: the exec plugin \S+ failed with exit code 1/u);
		expect(said).toContain('SSO session expired');
	},
);

test('ctrl-c ends the plugin that asks, not knet', async () => {
	const {screen} = await twoContexts('Always', `printf 'Password: ' >&2; read -r WORD; ${credential}`);
	await screen.until('Password: ');
	screen.type('\u0003');
	await screen.until((text) => text.includes('was ended by SIGINT'));
	expect(screen.buffer()).toBe('alternate');
	await screen.until('knet  one');
});

test('a plugin that prints while the screen is open does not reach the terminal; its last line is said', async () => {
	const {screen} = await twoContexts(
		'Never',
		`i=0; while [ $i -lt 3000 ]; do printf 'line %s\\033[2J\\033]0;PWN\\007\\n' $i >&2; i=$((i+1)); done
printf 'SSO session expired\\033[2J eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.sig\\n' >&2; exit 1`,
	);
	await screen.until('failed with exit code 1');
	await screen.until((text) => text.includes('SSO session expired'));
	expect(screen.output()).not.toContain('\u001B]0;PWN');
	expect(screen.output()).not.toContain('eyJhbGciOiJub25lIn0');
});
