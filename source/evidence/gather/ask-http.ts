import {request as startRequest} from 'node:http';
import type {Duplex} from 'node:stream';
import {safe} from '../../model/safe.ts';

export type HttpQuery = {
	/** The Host header, as a client writes it: with a port that is not the scheme's own. */
	readonly host: string;
	readonly urlPath: string;
	readonly method: 'GET' | 'HEAD';
	readonly userAgent: string;
};

export type HttpAnswer = {readonly status: number; readonly server?: string; readonly location?: string};

/** One request over a connection of its own; a redirect is not followed, a body is not read. Rejects when none answers. */
export async function askHttp(stream: Duplex, question: HttpQuery, signal: AbortSignal): Promise<HttpAnswer> {
	const {host, urlPath, method, userAgent} = question;
	return new Promise((resolve, reject) => {
		const request = startRequest({
			createConnection: () => stream,
			method,
			path: urlPath,
			setHost: false,
			headers: {host, 'user-agent': userAgent, accept: '*/*', connection: 'close'},
			signal,
		});
		request.once('error', reject);
		request.once('response', (response) => {
			const {location} = response.headers;
			const server = [response.headers.server].flat()[0];
			resolve({
				status: response.statusCode ?? 0,
				server: server && safe(server),
				location: location && safe(location),
			});
			request.off('error', reject).on('error', () => {});
			response.destroy();
		});
		request.end();
	});
}
