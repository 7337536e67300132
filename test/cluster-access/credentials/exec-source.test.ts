import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished, vi} from 'vitest';
import {systemClock} from '../../../source/clock.ts';
import {execSource} from '../../../source/cluster/credentials/exec-source.ts';
import type {CredentialSource} from '../../../source/cluster/credentials/credential.ts';
import type {ClusterEntry} from '../../../source/cluster/kubeconfig/kubeconfig.ts';
import {AuthError} from '../../../source/cluster/transport/errors.ts';
import {directoryOf} from '../../helpers/files.ts';
import {failureOf} from '../connection.ts';
import {type Plugin, pluginOf, print} from './plugin.ts';
import {waitFor} from '../../helpers/wait-for.ts';

const token = print('{"token":"t$RUN"}');

function sourceOf(
	plugin: Plugin,
	{
		now = () => 0,
		elapsed = now,
		timeout,
		cluster = {},
		env = {},
	}: {
		now?: () => number;
		elapsed?: () => number;
		timeout?: number;
		cluster?: ClusterEntry;
		env?: Record<string, string>;
	} = {},
): CredentialSource {
	return execSource(plugin.exec, cluster, {
		env: {PATH: process.env['PATH'], HOME: plugin.directory, ...env},
		interactive: false,
		screen: {isOpen: true, lend: (use) => use(), note: () => {}},
		clock: {...systemClock, now, elapsed},
		timeout,
	});
}

async function refusal(plugin: Plugin): Promise<AuthError> {
	const error = await failureOf(sourceOf(plugin).current());
	expect(error).toBeInstanceOf(AuthError);
	return error as AuthError;
}

describe('an exec plugin', () => {
	it('runs once for all who ask at the same time, and its credential is kept', async () => {
		const plugin = await pluginOf(token);
		const source = sourceOf(plugin);
		const credentials = await Promise.all(Array.from({length: 12}, async () => source.current()));
		expect(new Set(credentials).size).toBe(1);
		expect(await source.current()).toEqual({authorization: 'Bearer t1'});
		expect(await plugin.runs()).toHaveLength(1);
	});

	it('runs again when the credential expired', async () => {
		const plugin = await pluginOf(print('{"token":"t$RUN","expirationTimestamp":"1970-01-01T01:00:00Z"}'));
		let now = 0;
		const source = sourceOf(plugin, {now: () => now});
		await source.current();
		now = 3_599_999;
		expect(await source.current()).toEqual({authorization: 'Bearer t1'});
		now = 3_600_000;
		expect(await source.current()).toEqual({authorization: 'Bearer t2'});
	});

	it('is believed over a wrong clock: one that is over on arrival is used until a 401', async () => {
		const plugin = await pluginOf(print('{"token":"t$RUN","expirationTimestamp":"1970-01-01T01:00:00Z"}'));
		const source = sourceOf(plugin, {now: () => 7_200_000});
		const first = await source.current();
		expect(await source.current()).toBe(first);
		expect(await source.renew(first)).toEqual({authorization: 'Bearer t2'});
	});

	it('runs once more for all whose credential was refused', async () => {
		const plugin = await pluginOf(token);
		const source = sourceOf(plugin);
		const refused = await source.current();
		const renewed = await Promise.all(Array.from({length: 9}, async () => source.renew(refused)));
		expect(new Set(renewed).size).toBe(1);
		expect(await source.renew(refused)).toEqual({authorization: 'Bearer t2'});
		expect(await plugin.runs()).toHaveLength(2);
	});

	it('is told what is asked of it, and gets its environment', async () => {
		const plugin = await pluginOf(`printf '%s %s %s' "$A" "$HOME" "$1" > "$DIR/seen"; ${token}`, {
			args: ['get-token'],
			env: [{name: 'A', value: 'from the kubeconfig'}],
		});
		await sourceOf(plugin).current();
		expect((await plugin.runs()).map((run) => JSON.parse(run) as unknown)).toEqual([
			{kind: 'ExecCredential', apiVersion: plugin.exec.apiVersion, spec: {interactive: false}},
		]);
		expect(await readFile(join(plugin.directory, 'seen'), 'utf8')).toBe(
			`from the kubeconfig ${plugin.directory} get-token`,
		);
	});

	it('is told of the cluster when it wants to be', async () => {
		const plugin = await pluginOf(token, {provideClusterInfo: true});
		const directory = await directoryOf({'ca.crt': 'CA'});
		await sourceOf(plugin, {
			cluster: {
				server: 'https://k:6443',
				certificateAuthority: join(directory, 'ca.crt'),
				tlsServerName: 'kubernetes',
				proxyUrl: 'http://p',
				execExtension: {audience: 'a1'},
			},
		}).current();
		expect((await plugin.runs()).map((run) => JSON.parse(run) as unknown)).toMatchObject([
			{
				spec: {
					interactive: false,
					cluster: {
						server: 'https://k:6443',
						'certificate-authority-data': Buffer.from('CA').toString('base64'),
						'tls-server-name': 'kubernetes',
						'proxy-url': 'http://p',
						config: {audience: 'a1'},
					},
				},
			},
		]);
	});

	it('may give a certificate', async () => {
		const plugin = await pluginOf(print('{"clientCertificateData":"CERT","clientKeyData":"KEY"}'));
		expect(await sourceOf(plugin).current()).toEqual({certificate: {cert: 'CERT', key: 'KEY'}});
	});

	it('that fails is not started again by everybody, but after a while', async () => {
		const plugin = await pluginOf(`[ "$RUN" = 1 ] && exit 3; ${token}`);
		let now = 0;
		const source = sourceOf(plugin, {now: () => now});
		for (let count = 0; count < 3; count++) {
			expect(await failureOf(source.current())).toMatchObject({
				name: 'AuthError',
				message: `the exec plugin ${plugin.exec.command} failed with exit code 3`,
				next: 'log in again: run any kubectl command with this context',
			});
		}

		expect(await plugin.runs()).toHaveLength(1);
		now = 5000;
		expect(await source.current()).toEqual({authorization: 'Bearer t2'});
	});

	it('that failed is asked again in time although the wall clock was set back', async () => {
		const plugin = await pluginOf(`[ "$RUN" = 1 ] && exit 3; ${token}`);
		let wall = 1_700_000_000_000;
		let elapsed = 0;
		const source = sourceOf(plugin, {now: () => wall, elapsed: () => elapsed});
		await failureOf(source.current());
		wall -= 8 * 3_600_000;
		elapsed = 5000;
		expect(await source.current()).toEqual({authorization: 'Bearer t2'});
	});

	it('that prints without end is ended, and said to', async () => {
		const plugin = await pluginOf('echo $$ > "$DIR/process"; exec yes s3cret');
		const error = await refusal(plugin);
		expect(error.message).toBe(
			`the exec plugin ${plugin.exec.command} printed more than 1 MiB, which is no credential`,
		);
		const pid = Number(await readFile(join(plugin.directory, 'process'), 'utf8'));
		await waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));
	});

	it('that hangs is ended after the time that a command has', async () => {
		const plugin = await pluginOf('exec sleep 600');
		expect(await failureOf(sourceOf(plugin, {timeout: 100}).current())).toMatchObject({
			message: `the exec plugin ${plugin.exec.command} gave no credential within 0.1 s`,
		});
	});

	it('that is missing says so, with the install hint made safe', async () => {
		const plugin = await pluginOf('', {
			command: 'knet-no-such-plugin',
			installHint: 'brew install it\nor \u001b[31mask',
		});
		expect(await refusal(plugin)).toMatchObject({
			message: 'the exec plugin knet-no-such-plugin is not installed',
			next: 'brew install it\nor U+001B[31mask',
		});
	});

	it.each([
		['printf "s3cret {"', 'printed no ExecCredential'],
		['printf null', 'printed no ExecCredential'],
		[
			'printf \'{"kind":"Secret","token":"s3cret"}\'',
			'did not answer with an ExecCredential of client.authentication.k8s.io/v1',
		],
		[
			'printf \'{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"s3cret"}}\'',
			'did not answer with an ExecCredential of client.authentication.k8s.io/v1',
		],
		[print('{}'), 'gave neither a token nor a certificate'],
		[print('null'), 'gave neither a token nor a certificate'],
		[print('{"clientKeyData":"s3cret"}'), 'gave a certificate without its key, or a key alone'],
		['kill -9 $$', 'was ended by SIGKILL'],
	])('that does %j says what is wrong, and nothing it printed', async (body, problem) => {
		const plugin = await pluginOf(body);
		const error = await refusal(plugin);
		expect(error.message).toBe(`the exec plugin ${plugin.exec.command} ${problem}`);
		expect(String(error.stack)).not.toContain('s3cret');
	});

	it('that hangs is ended after a minute', async () => {
		vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
		onTestFinished(() => {
			vi.useRealTimers();
		});
		const plugin = await pluginOf('echo $$ > "$DIR/process"; exec sleep 600');
		const error = failureOf(sourceOf(plugin).current());
		const started = join(plugin.directory, 'process');
		await waitFor(async () => expect(await readFile(started, 'utf8')).toMatch(/\d\n/));
		vi.advanceTimersByTime(60_000);
		expect(await error).toMatchObject({
			message: `the exec plugin ${plugin.exec.command} gave no credential within 60 s`,
		});
		const pid = Number(await readFile(started, 'utf8'));
		await waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));
	});

	it('that must ask is refused while no terminal is free', async () => {
		const plugin = await pluginOf(token, {interactiveMode: 'Always'});
		expect(await refusal(plugin)).toMatchObject({
			message: `the exec plugin ${plugin.exec.command} must ask on a terminal, and none is free`,
		});
		expect(await plugin.runs()).toHaveLength(0);
	});

	it('reads nothing from standard input unless it may ask', async () => {
		const plugin = await pluginOf(`cat > "$DIR/input"; ${token}`, {interactiveMode: 'IfAvailable'});
		expect(await sourceOf(plugin).current()).toEqual({authorization: 'Bearer t1'});
	});
});

describe("kuberc's plugin policy", () => {
	const kuberc = (text: string): string =>
		`apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n${text}`;
	const withPolicy = async (text: string, command?: string): Promise<unknown> => {
		const plugin = await pluginOf(token);
		const home = await directoryOf({'.kube/kuberc': text.replaceAll('PLUGIN', plugin.exec.command)});
		const exec = command === undefined ? plugin.exec : {...plugin.exec, command};
		return sourceOf(
			{...plugin, exec},
			{env: {HOME: home, PATH: `${plugin.directory}:${process.env['PATH']}`}},
		)
			.current()
			.then(
				() => 'ran',
				(error: unknown) => (error instanceof AuthError ? error.message : error),
			);
	};

	it.each([
		['', 'ran'],
		[kuberc(''), 'ran'],
		[kuberc('credentialPluginPolicy: AllowAll'), 'ran'],
		[kuberc('credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: PLUGIN}]'), 'ran'],
		[kuberc('credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: login}]'), 'ran'],
		[kuberc('credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: other}]'), 'not allowed'],
		[kuberc('credentialPluginPolicy: Allowlist'), 'not allowed'],
		[kuberc('credentialPluginPolicy: DenyAll'), 'not allowed'],
		[kuberc('credentialPluginPolicy: Unheard'), 'not allowed'],
		['a: [', 'unreadable'],
	])('%j: %s', async (text, outcome) => {
		const got = await withPolicy(text);
		switch (outcome) {
			case 'ran': {
				expect(got).toBe('ran');
				break;
			}

			case 'not allowed': {
				expect(got).toMatch(
					/^the credential plugin policy of kuberc \(\w+\) does not allow the exec plugin /,
				);
				break;
			}

			default: {
				expect(got).toMatch(/is not valid YAML, so its credential plugin policy is unknown$/);
			}
		}
	});

	it('finds a bare command in PATH before it compares', async () => {
		const text = kuberc('credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: PLUGIN}]');
		expect(await withPolicy(text, 'login')).toBe('ran');
	});
});
