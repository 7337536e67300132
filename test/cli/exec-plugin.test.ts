import {readFile} from 'node:fs/promises';
import {expect, onTestFinished, test} from 'vitest';
import {startDemo} from '../../source/demo/start-demo.ts';
import {directoryOf} from '../helpers/files.ts';
import type {Screen} from '../helpers/screen.ts';
import {knetScreen} from './knet.ts';

const credential = `printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}}'`;

const asks = `printf 'Password: ' >&2; read -r WORD; printf %s "$WORD" > typed; ${credential}`;

/** A context of the kubeconfig each, named after what its plugin does: it asks, or it prints, and fails. */
const plugins: Readonly<Record<string, {readonly mode: string; readonly body: string}>> = {
	prints: {
		mode: 'Never',
		body: `i=0; while [ $i -lt 3000 ]; do printf 'line %s\\033[2J\\033]0;PWN\\007\\n' $i >&2; i=$((i+1)); done
printf 'SSO session expired\\033[2J eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.sig\\n' >&2; exit 1`,
	},
	always: {mode: 'Always', body: asks},
	available: {mode: 'IfAvailable', body: asks},
};

/** The explorer on a context of the demo; each of the others logs in with a plugin. */
async function explorer(): Promise<{readonly screen: Screen; readonly typed: () => Promise<string>}> {
	const demo = await startDemo({live: false});
	onTestFinished(() => demo.stop());
	const each = Object.entries(plugins);
	const directory = await directoryOf(
		Object.fromEntries(each.map(([name, {body}]) => [name, `#!/bin/sh\ncd "$(dirname "$0")"\n${body}\n`])),
	);
	const config = await directoryOf({
		config: `
apiVersion: v1
kind: Config
clusters:
  - {name: one, cluster: {server: "${demo.url}"}}
  - {name: none, cluster: {server: "https://127.0.0.1:1"}}
users:
  - {name: one, user: {}}
${each.map(([name, {mode}]) => `  - {name: ${name}, user: {exec: {command: ${directory}/${name}, apiVersion: client.authentication.k8s.io/v1, interactiveMode: ${mode}}}}`).join('\n')}
contexts:
  - {name: one, context: {cluster: one, user: one, namespace: shop}}
${each.map(([name]) => `  - {name: ${name}, context: {cluster: none, user: ${name}, namespace: shop}}`).join('\n')}
current-context: one
`,
	});
	const screen = await knetScreen([], {env: {KUBECONFIG: `${config}/config`}, columns: 200});
	await screen.until('● live');
	return {screen, typed: () => readFile(`${directory}/typed`, 'utf8')};
}

// An explorer is dear to start: one is shown all plugins, the ones that fail first, since then its context stays.
test('a plugin has the terminal alone while it asks, and never when it only prints', async () => {
	const {screen, typed} = await explorer();

	screen.type(':ctx prints\r');
	await screen.until('failed with exit code 1');
	await screen.until((text) => text.includes('SSO session expired'));
	expect(screen.output()).not.toContain('\u001B]0;PWN');
	expect(screen.output()).not.toContain('eyJhbGciOiJub25lIn0');

	// ctrl-c ends the plugin, not knet.
	screen.type(':ctx always\r');
	await screen.until('Password: ');
	screen.type('\u0003');
	await screen.until((text) => text.includes('was ended by SIGINT'));
	expect(screen.buffer()).toBe('alternate');
	await screen.until('knet  one');

	for (const [name, word] of [
		['always', 'Tqs3cret?x/q'],
		['available', 'q?/x'],
	] as const) {
		screen.type(`:ctx ${name}\r`);
		// The prompt of the plugin before still stands above.
		await screen.until((text) => text.trimEnd().endsWith('Password:'));
		expect([screen.buffer(), screen.isRaw()]).toEqual(['normal', false]);
		screen.type(`${word}\r`);
		await screen.until(`knet  ${name}`);
		expect([screen.buffer(), screen.isRaw()]).toEqual(['alternate', true]);
		expect(await typed()).toBe(word);
	}

	screen.type('?');
	await screen.until('Keys');
});

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
	const slow = `printf 'Password: ' >&2; read -r WORD; sleep 0.3; printf 'Thanks.' >&2; read -r WORD; ${credential}`;
	const screen = await firstContext('IfAvailable', slow);
	// It may stand there for one frame only.
	await screen.until(() => screen.output().includes('Connecting to the cluster.'));
	await screen.until('Password: ');
	expect([screen.buffer(), screen.isRaw()]).toEqual(['normal', false]);
	// A new size does not draw the screen over the question.
	screen.resize(78, 24);
	screen.type('secret\r');
	await screen.until('Thanks.');
	expect(screen.text()).toContain('Password: ');
	screen.type('\r');
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
