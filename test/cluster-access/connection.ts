import {onTestFinished} from 'vitest';
import {connect} from '../../source/cluster/connect.ts';
import type {ConnectOptions} from '../../source/cluster/connect-options.ts';
import type {Connection, Response} from '../../source/cluster/connection.ts';
import {join} from 'node:path';
import {stringify} from 'yaml';
import {describeFailure} from '../../source/cluster/transport/describe.ts';
import {isClusterError} from '../../source/cluster/transport/errors.ts';
import {directoryOf} from '../helpers/files.ts';
import type {TestServer} from './server.ts';

export type Entries = {readonly cluster?: object; readonly user?: object; readonly options?: ConnectOptions};

/** A connection to a test server by a kubeconfig of one context, closed after the test. */
export async function connectTo(
	server: Pick<TestServer, 'url' | 'authority'>,
	{cluster = {}, user = {}, options = {}}: Entries = {},
): Promise<Connection> {
	const directory = await directoryOf({
		config: stringify({
			clusters: [
				{
					name: 'c',
					cluster: {
						server: server.url,
						'certificate-authority-data': Buffer.from(server.authority.cert).toString('base64'),
						...cluster,
					},
				},
			],
			users: [{name: 'u', user}],
			contexts: [{name: 'test', context: {cluster: 'c', user: 'u'}}],
			'current-context': 'test',
		}),
	});
	const connection = await connect({
		kubeconfig: join(directory, 'config'),
		env: {HOME: directory, PATH: process.env['PATH']},
		screen: {isOpen: true, lend: (use) => use(), note: () => {}},
		...options,
	});
	onTestFinished(async () => connection.close());
	return connection;
}

/** The whole body as text. */
export async function bodyOf(response: Response): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of response.body) {
		chunks.push(chunk);
	}

	return Buffer.concat(chunks).toString();
}

export async function get(connection: Connection, path = '/version'): Promise<string> {
	return bodyOf(await connection.request({path}));
}

/** What a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
	return promise.then(
		(value) => {
			throw new Error(`expected a failure, got ${String(value)}`);
		},
		(error: unknown) => error,
	);
}

/** What a person is told when a promise fails on the cluster. */
export async function words(promise: Promise<unknown>): Promise<string> {
	const error = await failureOf(promise);
	return isClusterError(error) ? describeFailure(error) : `not a failure: ${String(error)}`;
}
