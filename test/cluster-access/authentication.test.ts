import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {inspect} from 'node:util';
import {describe, expect, it} from 'vitest';
import {createAuthority} from '../helpers/certificates.ts';
import {directoryOf} from '../helpers/files.ts';
import {bodyOf, connectTo, failureOf, get} from './connection.ts';
import {apiVersion, pluginOf, print} from './credentials/plugin.ts';
import {json, type Handler, serve, type TestServer} from './server.ts';

/** Lets in whoever has one of the tokens. */
function guard(accepted: () => string): Handler {
	return ({headers}, reply) => {
		if (headers.authorization === `Bearer ${accepted()}`) {
			json(reply, {});
		} else {
			json(reply, {kind: 'Status', message: 'Unauthorized', reason: 'Unauthorized'}, 401);
		}
	};
}

describe.each(['https', 'h2'] as const)('over %s', (protocol) => {
	it('a 401 is answered with a fresh credential, fetched once for all requests', async () => {
		const plugin = await pluginOf(print('{"token":"t$RUN"}'));
		let accepted = 't1';
		const server = await serve({protocol, handler: guard(() => accepted)});
		const connection = await connectTo(server, {
			user: {exec: {command: plugin.exec.command, apiVersion, interactiveMode: 'Never'}},
		});
		await connection.authenticate();
		expect(server.requests).toHaveLength(0);
		await Promise.all(Array.from({length: 9}, async () => get(connection)));
		expect(await plugin.runs()).toHaveLength(1);
		accepted = 't2';
		await Promise.all(Array.from({length: 9}, async () => get(connection)));
		expect(await plugin.runs()).toHaveLength(2);
	});

	it('a credential that stays refused is not tried for ever', async () => {
		const plugin = await pluginOf(print('{"token":"t$RUN"}'));
		const server = await serve({protocol, handler: guard(() => 'none')});
		const connection = await connectTo(server, {
			user: {exec: {command: plugin.exec.command, apiVersion, interactiveMode: 'Never'}},
		});
		expect(await failureOf(get(connection))).toMatchObject({
			name: 'ApiError',
			status: 401,
			reason: 'Unauthorized',
		});
		expect(server.requests).toHaveLength(2);
		expect(await plugin.runs()).toHaveLength(2);
	});

	it('a token file that was rotated is read after a 401', async () => {
		const directory = await directoryOf({token: 'one'});
		let accepted = 'one';
		const server = await serve({protocol, handler: guard(() => accepted)});
		const connection = await connectTo(server, {user: {tokenFile: join(directory, 'token')}});
		await get(connection);
		accepted = 'two';
		await writeFile(join(directory, 'token'), 'two');
		expect(await get(connection)).toBe('{}');
	});

	it('--token stands in for the exec plugin', async () => {
		const plugin = await pluginOf(print('{"token":"t$RUN"}'));
		const server = await serve({protocol, handler: guard(() => 'mine')});
		const connection = await connectTo(server, {
			user: {exec: {command: plugin.exec.command, apiVersion, interactiveMode: 'Never'}},
			options: {token: 'mine'},
		});
		expect(await get(connection)).toBe('{}');
		expect(await plugin.runs()).toHaveLength(0);
	});

	it('a certificate of the plugin is presented, and a new one on a new connection', async () => {
		const authority = createAuthority();
		const [one, two] = [authority.issue('one'), authority.issue('two')];
		const plugin = await pluginOf('cat "$DIR/answer$RUN"');
		for (const [position, {cert, key}] of [one, two].entries()) {
			await writeFile(
				join(plugin.directory, `answer${position + 1}`),
				JSON.stringify({
					kind: 'ExecCredential',
					apiVersion,
					status: {clientCertificateData: cert, clientKeyData: key},
				}),
			);
		}

		let accepted = 'one';
		const server: TestServer = await serve({
			protocol,
			authority,
			tls: {requestCert: true, ca: authority.cert},
			handler: (_request, reply) => json(reply, {}, server.peers.at(-1) === accepted ? 200 : 401),
		});
		const connection = await connectTo(server, {
			user: {exec: {command: plugin.exec.command, apiVersion, interactiveMode: 'Never'}},
		});
		await get(connection);
		accepted = 'two';
		expect(await get(connection)).toBe('{}');
		expect(server.peers).toEqual(['one', 'two']);
	});

	it('no secret is in any error', async () => {
		const secret = 'kn3t-canary';
		const server = await serve({
			protocol,
			handler: ({url}, reply) => {
				switch (url) {
					case '/401': {
						json(reply, {kind: 'Status', message: 'Unauthorized'}, 401);
						break;
					}

					case '/500': {
						json(reply, {}, 500);
						break;
					}

					default: {
						reply.writeHead(200, {'content-encoding': 'gzip'});
						reply.end('broken');
					}
				}
			},
		});
		const connection = await connectTo(server, {user: {token: secret}});
		const errors = [
			await failureOf(get(connection, '/401')),
			await failureOf(get(connection, '/500')),
			await failureOf(get(connection, '/gzip')),
			await failureOf(connection.request({path: '/x', signal: AbortSignal.abort()})),
		];
		await server.close();
		errors.push(await failureOf(get(connection, '/gone')));
		expect(errors.map((error) => inspect(error, {depth: 10, showHidden: true})).join('\n')).not.toContain(
			secret,
		);
		expect(errors).toHaveLength(5);
	});
});

it('sends no credential over plain http', async () => {
	const server = await serve({protocol: 'http', handler: (_request, reply) => json(reply, {})});
	const connection = await connectTo(server, {user: {token: 'secret'}});
	await bodyOf(await connection.request({path: '/'}));
	expect(server.requests[0]?.headers.authorization).toBeUndefined();
});
