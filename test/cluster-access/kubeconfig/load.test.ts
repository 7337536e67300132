import {chmod} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {loadKubeconfig} from '../../../source/cluster/kubeconfig/load.ts';
import {directoryOf} from '../../helpers/files.ts';

const cluster = (name: string, server: string): string =>
	`clusters: [{name: ${name}, cluster: {server: "${server}"}}]\n`;

describe('loadKubeconfig', () => {
	it('reads ~/.kube/config when KUBECONFIG is not set', async () => {
		const home = await directoryOf({'.kube/config': cluster('home', 'https://home')});
		const {kubeconfig, files} = await loadKubeconfig(undefined, {HOME: home});
		expect([...kubeconfig.clusters.keys()]).toEqual(['home']);
		expect(files).toEqual([join(home, '.kube', 'config')]);
	});

	it('takes the first file that names an entry, whole, and its current context', async () => {
		const directory = await directoryOf({
			a: `${cluster('c', 'https://a')}users: [{name: red, user: {token: t}}]\n`,
			b: `${cluster('c', 'https://b')}users: [{name: red, user: {username: jane}}]\ncurrent-context: b\n`,
			c: 'current-context: c\n',
		});
		const list = ['a', 'missing', '', 'b', 'c'].map((name) => (name === '' ? '' : join(directory, name)));
		const {kubeconfig} = await loadKubeconfig(undefined, {KUBECONFIG: list.join(delimiter)});
		expect(kubeconfig.clusters.get('c')).toEqual({server: 'https://a'});
		expect(kubeconfig.users.get('red')).toEqual({token: 't'});
		expect(kubeconfig.currentContext).toBe('b');
	});

	it('reads the file of --kubeconfig alone', async () => {
		const directory = await directoryOf({a: cluster('a', 'https://a'), b: cluster('b', 'https://b')});
		const {kubeconfig} = await loadKubeconfig(join(directory, 'b'), {KUBECONFIG: join(directory, 'a')});
		expect([...kubeconfig.clusters.keys()]).toEqual(['b']);
	});

	it('fails when the file of --kubeconfig is missing', async () => {
		await expect(loadKubeconfig('/nowhere/config', {})).rejects.toThrow(
			'kubeconfig /nowhere/config: no such file',
		);
	});

	it('resolves relative paths beside the file that holds them, and a command only when it has a slash', async () => {
		const directory = await directoryOf({
			'one/config': `
clusters: [{name: c, cluster: {server: x, certificate-authority: ca.crt}}]
users:
- {name: files, user: {client-certificate: ../c.crt, client-key: /etc/c.key, tokenFile: run/token}}
- {name: beside, user: {exec: {command: ./bin/login, apiVersion: v1}}}
- {name: path, user: {exec: {command: login, apiVersion: v1}}}
`,
		});
		const {kubeconfig} = await loadKubeconfig(join(directory, 'one/config'), {});
		expect(kubeconfig.clusters.get('c')?.certificateAuthority).toBe(join(directory, 'one/ca.crt'));
		expect(kubeconfig.users.get('files')).toEqual({
			clientCertificate: join(directory, 'c.crt'),
			clientKey: '/etc/c.key',
			tokenFile: join(directory, 'one/run/token'),
		});
		expect(kubeconfig.users.get('beside')?.exec?.command).toBe(join(directory, 'one/bin/login'));
		expect(kubeconfig.users.get('path')?.exec?.command).toBe('login');
	});

	it.each([
		['users: [{name: a, user: {token: s3cret}}\n', 'not valid YAML at line 2 (bad indent)'],
		['users:\n- name: a\n  user:\n    token: [s3cret]\n', 'users[0].user.token must be a string'],
		['users: s3cret\n', 'users must be a list'],
		['s3cret', 'the file must be a mapping'],
		['users: [{name: a, user: {client-key-data: s3cret}}]', 'users[0].user.client-key-data is not base64'],
		['users: [{name: a}, {name: a}]', 'users[1].name appears twice in users'],
		['kind: Pod', 'kind must be Config'],
	])('says where %j is wrong without quoting it', async (text, problem) => {
		const directory = await directoryOf({config: text});
		const file = join(directory, 'config');
		const error = await loadKubeconfig(file, {}).catch((caught: unknown) => caught);
		expect(error).toHaveProperty('message', `kubeconfig ${file}: ${problem}`);
		expect(String((error as Error).stack)).not.toContain('s3cret');
	});

	it('says that it is a directory', async () => {
		const directory = await directoryOf({});
		await expect(loadKubeconfig(directory, {})).rejects.toThrow(`kubeconfig ${directory}: it is a directory`);
	});

	it.skipIf(process.getuid?.() === 0)('says that it may not be read', async () => {
		const directory = await directoryOf({config: ''});
		await chmod(join(directory, 'config'), 0);
		await expect(loadKubeconfig(join(directory, 'config'), {})).rejects.toThrow('you may not read it');
	});
});
