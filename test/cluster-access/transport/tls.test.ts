import {writeFile} from 'node:fs/promises';
import {createSecureContext} from 'node:tls';
import {join} from 'node:path';
import {afterEach, describe, expect, it, vi} from 'vitest';
import {createAuthority, type IssueOptions} from '../../helpers/certificates.ts';
import {directoryOf} from '../../helpers/files.ts';
import {connectTo, get, words} from '../connection.ts';
import {json, type Reply, serve, type TestServer} from '../server.ts';

const ok = (_request: unknown, reply: Reply): void => json(reply, {});

async function serveAs(options: IssueOptions): Promise<TestServer> {
	const authority = createAuthority();
	return serve({protocol: 'h2', handler: ok, authority, certificate: authority.issue('server', options)});
}

afterEach(() => {
	vi.unstubAllEnvs();
});

describe('the API server is verified', () => {
	it('by the authority of the kubeconfig', async () => {
		const server = await serveAs({names: ['127.0.0.1']});
		expect(await get(await connectTo(server))).toBe('{}');
		expect((await connectTo(server)).insecure).toBe(false);
	});

	it('and not trusted when another authority signed it', async () => {
		const server = await serveAs({names: ['127.0.0.1']});
		const connection = await connectTo({url: server.url, authority: createAuthority()});
		expect(await words(get(connection))).toMatch(
			/^the API server at https:\/\/127\.0\.0\.1:\d+ cannot be trusted: its certificate is /,
		);
	});

	it('and not trusted when it is self-signed, whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
		vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
		const server = await serve({protocol: 'h2', handler: ok, certificate: createAuthority('self')});
		const connection = await connectTo(server, {cluster: {'certificate-authority-data': undefined}});
		expect(connection.insecure).toBe(false);
		expect(await words(get(connection))).toBe(
			`the API server at ${server.url} cannot be trusted: its certificate is self-signed and no certificate-authority vouches for it`,
		);
	});

	it('unless the kubeconfig or the flag says so, and then it is said', async () => {
		const server = await serve({protocol: 'h2', handler: ok, certificate: createAuthority('self')});
		const bare = {'certificate-authority-data': undefined};
		const byFile = await connectTo(server, {cluster: {...bare, 'insecure-skip-tls-verify': true}});
		expect(byFile.insecure).toBe(true);
		expect(await get(byFile)).toBe('{}');
		const byFlag = await connectTo(server, {options: {insecureSkipTlsVerify: true}});
		expect(byFlag.insecure).toBe(true);
		expect(await get(byFlag)).toBe('{}');
	});

	it('for its name, or for that of tls-server-name', async () => {
		const server = await serveAs({names: ['kubernetes.default']});
		expect(await words(get(await connectTo(server)))).toBe(
			`the API server at ${server.url} cannot be trusted: its certificate is for other names (see tls-server-name)`,
		);
		const byFile = await connectTo(server, {cluster: {'tls-server-name': 'kubernetes.default'}});
		expect(await get(byFile)).toBe('{}');
		const byFlag = await connectTo(server, {options: {tlsServerName: 'kubernetes.default'}});
		expect(await get(byFlag)).toBe('{}');
	});

	it.each([
		[
			'expired',
			{notBefore: -7200, notAfter: -3600},
			'its certificate has expired, or this machine has the wrong time',
		],
		[
			'not valid yet',
			{notBefore: 3600},
			'its certificate is not valid yet, or this machine has the wrong time',
		],
	])('and not trusted when %s', async (_title, times, problem) => {
		const server = await serveAs({names: ['127.0.0.1'], ...times});
		expect(await words(get(await connectTo(server)))).toBe(
			`the API server at ${server.url} cannot be trusted: ${problem}`,
		);
	});

	it('by an authority file that is read again after it was rotated', async () => {
		const server = await serveAs({names: ['127.0.0.1']});
		const directory = await directoryOf({'ca.crt': createAuthority().cert});
		const connection = await connectTo(server, {
			cluster: {'certificate-authority-data': undefined, 'certificate-authority': join(directory, 'ca.crt')},
		});
		expect(await words(get(connection))).toContain('cannot be trusted');
		await writeFile(join(directory, 'ca.crt'), server.authority.cert);
		expect(await get(connection)).toBe('{}');
	});

	it('and said to speak no TLS when it does not', async () => {
		const server = await serve({protocol: 'http', handler: ok});
		const url = server.url.replace('http:', 'https:');
		expect(await words(get(await connectTo({...server, url})))).toBe(
			`the API server at ${url} does not speak TLS`,
		);
	});
});

describe('a client certificate', () => {
	async function serveClients(): Promise<TestServer> {
		const authority = createAuthority();
		return serve({
			protocol: 'h2',
			handler: ok,
			authority,
			tls: {requestCert: true, rejectUnauthorized: false, ca: authority.cert},
		});
	}

	it('is presented, from data and from files', async () => {
		const server = await serveClients();
		const {cert, key} = server.authority.issue('jane');
		const directory = await directoryOf({'c.crt': cert, 'c.key': key});
		const base64 = (text: string): string => Buffer.from(text).toString('base64');
		await get(
			await connectTo(server, {
				user: {'client-certificate-data': base64(cert), 'client-key-data': base64(key)},
			}),
		);
		await get(
			await connectTo(server, {
				user: {
					'client-certificate': join(directory, 'c.crt'),
					'client-key': join(directory, 'c.key'),
				},
			}),
		);
		expect(server.peers).toEqual(['jane', 'jane']);
	});

	it('that cannot be read fails in words, without its content', async () => {
		const server = await serveClients();
		const base64 = Buffer.from('s3cret').toString('base64');
		const connection = await connectTo(server, {
			user: {'client-certificate-data': base64, 'client-key-data': base64},
		});
		const said = await words(get(connection));
		expect(said).toMatch(/^no TLS connection to the API server at https:/);
		expect(said).not.toContain('s3cret');
		const missing = await connectTo(server, {
			user: {'client-certificate': '/nowhere/c.crt', 'client-key': '/nowhere/c.key'},
		});
		expect(await words(get(missing))).toBe(
			'the client certificate file /nowhere/c.crt cannot be read (ENOENT)',
		);
	});
});

it('makes certificates that OpenSSL reads', () => {
	const {cert, key} = createAuthority().issue('x', {names: ['localhost', '::1']});
	expect(() => createSecureContext({cert, key})).not.toThrow();
});
