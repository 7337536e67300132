import {join} from 'node:path';
import {spawn} from '@lydell/node-pty';
import {describe, expect, it, onTestFinished} from 'vitest';
import {directoryOf} from '../../helpers/files.ts';
import {pluginOf} from './plugin.ts';
import {waitFor} from '../../helpers/wait-for.ts';

/** Runs the log-in in a terminal; `output` grows. */
async function logIn(
	interactiveMode: string,
	body: string,
): Promise<{readonly output: () => string; readonly type: (text: string) => void}> {
	const plugin = await pluginOf(body);
	const directory = await directoryOf({
		config: `
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: u, user: {exec: {command: ${plugin.exec.command}, apiVersion: ${plugin.exec.apiVersion}, interactiveMode: ${interactiveMode}}}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
`,
	});
	let output = '';
	const terminal = spawn(
		process.execPath,
		[join(import.meta.dirname, '../run.ts'), join(directory, 'config')],
		{
			cols: 80,
			rows: 24,
			env: {PATH: process.env['PATH'], HOME: directory},
		},
	);
	terminal.onData((text) => {
		output += text;
	});
	onTestFinished(() => terminal.kill());
	return {output: () => output, type: (text) => terminal.write(text)};
}

describe('an exec plugin on a terminal', () => {
	it.each(['IfAvailable', 'Always'])('may print a question and read the answer: %s', async (mode) => {
		const {output, type} = await logIn(
			mode,
			`printf 'Code: ' >&2; read CODE; [ "$CODE" = 42 ] || exit 1
case "$KUBERNETES_EXEC_INFO" in *'"interactive":true'*) ;; *) exit 2;; esac
printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}}'`,
		);
		await waitFor(() => expect(output()).toContain('Code: '));
		type('42\r');
		await waitFor(() => expect(output()).toContain('logged in'));
	});

	it('may only print when its mode is Never', async () => {
		const {output} = await logIn(
			'Never',
			`printf 'Open https://login.example.com\\n' >&2; cat > /dev/null
case "$KUBERNETES_EXEC_INFO" in *'"interactive":false'*) ;; *) exit 2;; esac
printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}}'`,
		);
		await waitFor(() => expect(output()).toContain('logged in'));
		expect(output()).toContain('Open https://login.example.com');
	});
});
