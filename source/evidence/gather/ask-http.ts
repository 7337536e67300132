import {request as startRequest} from 'node:http';
import type {Duplex} from 'node:stream';
import {safe} from '../../model/safe-text/safe.ts';

export type HttpQuery = {
	/** The Host header, as a client writes it: with a port that is not the scheme's own. */
	readonly authority: string;
	readonly urlPath: string;
	readonly method: 'GET' | 'HEAD';
	readonly userAgent: string;
	/** Beside these. */
	readonly headers: readonly {readonly name: string; readonly value: string}[];
};

type HttpAnswer = {readonly status: number; readonly server?: string; readonly location?: string};

/** One request over a connection of its own; a redirect is not followed, a body is not read. Rejects when none answers. */
export async function askHttp(stream: Duplex, question: HttpQuery, signal: AbortSignal): Promise<HttpAnswer> {
	const {authority, urlPath, method, userAgent, headers} = question;
	return new Promise((resolve, reject) => {
		const request = startRequest({
			createConnection: () => stream,
			method,
			path: urlPath,
			setHost: false,
			headers: {
				'user-agent': userAgent,
				accept: '*/*',
				...Object.fromEntries(headers.map(({name, value}) => [name.toLowerCase(), value])),
				host: authority,
				connection: 'close',
			},
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
