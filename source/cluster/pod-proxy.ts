import type {Connection, Response} from './connection.ts';
import {readText} from './transport/body.ts';
import {ApiError} from './transport/errors.ts';

export type ProxyTarget = {
	readonly kind: 'pods' | 'services';
	readonly namespace: string;
	readonly name: string;
	/** Container port of a pod; service port of a Service. */
	readonly port: number;
	readonly scheme: 'http' | 'https';
	/** Begins with a slash. */
	readonly urlPath: string;
	readonly signal?: AbortSignal;
};

type ProxyAnswer = {
	readonly status: number;
	readonly server?: string;
	readonly location?: string;
	/** The API server's own words, where it could not reach the target: `dial tcp …: connect: connection refused`. */
	readonly message?: string;
};

/** A 503 of the API server is a short Status; nothing else of a body is of interest. */
const longestStatus = 8192;

/**
One GET through the API server (core/v1 pods/proxy, services/proxy), which dials the pod's address itself. The body is not
read. Rejects as `Connection.request` where the API server itself refuses (403, 404 of the pod).
*/
export async function getThroughProxy(connection: Connection, target: ProxyTarget): Promise<ProxyAnswer> {
	const {kind, namespace, name, port, scheme, urlPath, signal} = target;
	const place = `${scheme}:${name}:${port}`;
	const response = await connection.request({
		path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/${kind}/${encodeURIComponent(place)}/proxy${urlPath}`,
		accept: '*/*',
		signal,
		anyStatus: true,
	});
	const {server, location} = response.headers;
	const message = await ownWords(response);
	if (message !== undefined && response.status !== 503) {
		throw new ApiError({status: response.status, reason: '', message});
	}

	return {
		status: response.status,
		server,
		location,
		message,
	};
}

/** A `Status` object comes from the API server: 503 about the target, else a refusal. What else answers is the target. */
async function ownWords({status, headers, body}: Response): Promise<string | undefined> {
	const isStatus = status >= 400 && headers['content-type']?.includes('application/json') === true;
	const text = await readText(body, isStatus ? longestStatus : 0);
	try {
		const parsed = JSON.parse(text) as {readonly kind?: unknown; readonly message?: unknown} | null;
		return parsed?.kind === 'Status' && typeof parsed.message === 'string' ? parsed.message : undefined;
	} catch {
		return undefined;
	}
}
