import {readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {connect} from '../../../source/cluster/connect.ts';
import type {Connection} from '../../../source/cluster/connection.ts';
import {createAuthority} from '../../helpers/certificates.ts';
import {directoryOf} from '../../helpers/files.ts';
import {failureOf, get} from '../connection.ts';
import {json, serve} from '../server.ts';

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

/** An id-token as providers give it; nobody here looks at its signature. */
function idToken(exp: number, name = 'jane'): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({alg: 'RS256'})}.${part({sub: name, exp})}.c2lnbmF0dXJl`;
}

type Provider = {
	/** What the token endpoint answers, by the form that it got. */
	readonly answer?: (form: URLSearchParams) => object;
	/** The provider takes the client's secret in the body only. */
	readonly inBody?: boolean;
	readonly status?: number;
};

/** A provider and an API server on loopback, and a kubeconfig of a user of both. */
async function world(id: string, {answer, inBody = false, status = 200}: Provider = {}) {
	const requested: string[] = [];
	const provider = await serve({
		protocol: 'https',
		handler({url, headers, stream}, reply) {
			if (url === '/realm/.well-known/openid-configuration') {
				requested.push('discovery');
				json(reply, {token_endpoint: `${provider.url}/token`});
				return;
			}

			void (async () => {
				const form = new URLSearchParams(Buffer.concat(await stream.toArray()).toString());
				const basic = Buffer.from((headers.authorization ?? '').slice('Basic '.length), 'base64').toString();
				requested.push(`token ${form.get('refresh_token')} as ${basic || form.get('client_secret')}`);
				if (inBody && headers.authorization !== undefined) {
					json(reply, {error: 'invalid_client'}, 401);
				} else {
					json(reply, answer?.(form) ?? {id_token: idToken(inAnHour(), 'fresh')}, status);
				}
			})();
		},
	});
	const server = await serve({protocol: 'https', handler: (_, reply) => json(reply, {})});
	const encoded = (text: string) => Buffer.from(text).toString('base64');
	const directory = await directoryOf({
		config: `# Mine: keep.
clusters:
- {name: c, cluster: {server: "${server.url}", certificate-authority-data: ${encoded(server.authority.cert)}}}
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
users:
- name: other
  user: {token: t}
- name: u # by dex
  user:
    auth-provider:
      name: oidc
      config:
        client-id: kube
        client-secret: s3cret/1
        id-token: ${id}
        idp-certificate-authority-data: ${encoded(provider.authority.cert)}
        idp-issuer-url: ${provider.url}/realm
        refresh-token: first # rotates
`,
	});
	const file = join(directory, 'config');
	const open = async (): Promise<Connection> => {
		const connection = await connect({kubeconfig: file, env: {HOME: directory}});
		onTestFinished(async () => connection.close());
		return connection;
	};
	const sent = () => server.requests.map(({headers}) => headers.authorization);
	return {requested, file, open, sent, text: async () => readFile(file, 'utf8')};
}

describe('auth-provider oidc', () => {
	it('sends the id-token while it is valid, and asks nobody', async () => {
		const id = idToken(inAnHour());
		const {requested, open, sent, text} = await world(id);
		const before = await text();
		await get(await open());
		expect(sent()).toEqual([`Bearer ${id}`]);
		expect(requested).toEqual([]);
		expect(await text()).toBe(before);
	});

	it('refreshes a token ten seconds before it expires, once for all, and writes it to the kubeconfig', async () => {
		const id = idToken(Math.floor(Date.now() / 1000) + 9);
		const fresh = idToken(inAnHour(), 'fresh');
		const {requested, file, open, sent, text} = await world(id, {
			answer: () => ({id_token: fresh, refresh_token: 'second'}),
		});
		const before = await text();
		const {mode} = await stat(file);
		const connection = await open();
		await Promise.all(Array.from({length: 5}, async () => get(connection)));
		expect(new Set(sent())).toEqual(new Set([`Bearer ${fresh}`]));
		expect(requested).toEqual(['discovery', 'token first as kube:s3cret%2F1']);
		expect(await text()).toBe(
			before.replace(id, fresh).replace('refresh-token: first', 'refresh-token: "second"'),
		);
		expect((await stat(file)).mode).toBe(mode);
		await get(await open());
		expect(requested).toHaveLength(2);
	});

	it('adds the id-token where the kubeconfig has none yet', async () => {
		const {file, open, text} = await world('');
		await writeFile(file, (await text()).replace(/ *id-token:.*\n/u, ''));
		await get(await open());
		expect(await text()).toMatch(/^# Mine: keep\.[^]*id-token: \S+\n/u);
	});

	it('gives the secret in the body to a provider that does not take it in the header', async () => {
		const {requested, open} = await world('', {inBody: true});
		await get(await open());
		expect(requested).toEqual(['discovery', 'token first as kube:s3cret%2F1', 'token first as s3cret/1']);
	});

	it('uses what another program has written to the kubeconfig meanwhile', async () => {
		const id = idToken(Math.floor(Date.now() / 1000) - 60);
		const {requested, file, open, sent, text} = await world(id);
		const connection = await open();
		const fresh = idToken(inAnHour(), 'kubectl');
		await writeFile(file, (await text()).replace(id, fresh));
		await get(connection);
		expect(sent()).toEqual([`Bearer ${fresh}`]);
		expect(requested).toEqual([]);
	});

	it.each([
		[
			{error: 'invalid_grant', error_description: 's3cret first'},
			400,
			'refuses the refresh token (400: invalid_grant)',
		],
		[{error: 'x\u001b[2J'}, 400, 'refuses the refresh token (400)'],
		[{access_token: 's3cret'}, 200, 'gave no id_token for the refresh token'],
	])('says what the provider answers, and quotes no secret: %j', async (answer, status, problem) => {
		const {open} = await world('', {answer: () => answer, status});
		const error = await failureOf(get(await open()));
		expect(error).toMatchObject({name: 'AuthError', message: `the OIDC provider ${problem}`});
		expect(String((error as Error).stack)).not.toMatch(/s3cret|first/u);
	});

	it('says that it cannot go on without a refresh token, or with a token that is none', async () => {
		const {file, open, text} = await world(idToken(0));
		await writeFile(file, (await text()).replace('refresh-token: first # rotates', ''));
		expect(await failureOf(get(await open()))).toMatchObject({
			message: 'the id-token of the auth-provider oidc has expired, and there is no refresh-token',
		});
		const broken = await world('abc');
		expect(await failureOf(get(await broken.open()))).toMatchObject({
			message: 'the id-token of the auth-provider oidc is not a JWT with an expiry',
		});
	});

	it('does not trust a provider whose certificate another authority signed', async () => {
		const {requested, file, open, text} = await world('');
		const other = Buffer.from(createAuthority().cert).toString('base64');
		await writeFile(
			file,
			(await text()).replace(
				/idp-certificate-authority-data: .*/u,
				`idp-certificate-authority-data: ${other}`,
			),
		);
		const error = await failureOf(get(await open()));
		expect((error as Error).message).toMatch(/^the OIDC provider 127\.0\.0\.1:\d+ cannot be asked: /u);
		expect(requested).toEqual([]);
	});

	it('goes on when the kubeconfig cannot be written, unless the next log-in would need what is lost', async () => {
		const kept = await world('');
		await writeFile(`${kept.file}.lock`, '');
		const before = await kept.text();
		await get(await kept.open());
		expect(kept.sent()).toHaveLength(1);
		expect(await kept.text()).toBe(before);

		const rotating = await world('', {
			answer: () => ({id_token: idToken(inAnHour()), refresh_token: 'second'}),
		});
		await writeFile(`${rotating.file}.lock`, '');
		expect(await failureOf(get(await rotating.open()))).toMatchObject({
			message: `the new refresh token cannot be written to ${rotating.file} (EEXIST)`,
		});
	});

	it.each([
		['{name: azure}', 'user "u" uses the auth-provider "azure", which Kubernetes removed in 1.26'],
		['{name: acme}', 'user "u" uses the auth-provider "acme"; kubectl knows oidc only'],
		['{name: oidc}', 'user "u" uses the auth-provider "oidc" without idp-issuer-url'],
		[
			'{name: oidc, config: {idp-issuer-url: https://x}}',
			'user "u" uses the auth-provider "oidc" without client-id',
		],
	])('refuses %s', async (provider, message) => {
		const directory = await directoryOf({
			config: `clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: u, user: {auth-provider: ${provider}}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
`,
		});
		expect(await failureOf(connect({kubeconfig: join(directory, 'config'), env: {}}))).toMatchObject({
			message,
		});
	});
});
