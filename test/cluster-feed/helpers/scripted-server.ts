import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {until} from './until.ts';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** An HTTP server on loopback that gives the scripted answers in order; what comes after them is left open. */
export async function startScriptedServer(...script: readonly Answer[]) {
	const requested: URL[] = [];
	const accepts: string[] = [];
	const open = new Set<ServerResponse>();
	const answers = [...script];
	const server = createServer((request, response) => {
		requested.push(new URL(request.url ?? '', 'http://test'));
		accepts.push(request.headers.accept ?? '');
		open.add(response);
		response.on('close', () => open.delete(response));
		(answers.shift() ?? watch())(response, request);
	});
	const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	await listen(0);
	const {port} = server.address() as AddressInfo;
	const stop = () =>
		new Promise<void>((resolve) => {
			server.close(() => resolve());
			server.closeAllConnections();
		});

	/** The requests as `LIST` and `WATCH` with the version they start from. */
	const log = (): readonly string[] =>
		requested.map(({searchParams: query}) => {
			const from = query.get('continue') ?? query.get('resourceVersion') ?? '';
			const verb = query.get('watch') ? (query.get('sendInitialEvents') ? 'WATCHLIST' : 'WATCH') : 'LIST';
			return `${verb} ${from}`.trim();
		});

	return {
		url: `http://127.0.0.1:${port}`,
		requested: requested as readonly URL[],
		accepts: accepts as readonly string[],
		get log() {
			return log();
		},
		/** Resolves when exactly these requests were made. */
		hasLogged: async (expected: readonly string[]) => until(() => log().join() === expected.join(), log),
		add: (...more: readonly Answer[]) => void answers.push(...more),
		/** Ends every open answer in good order. */
		endAll: () => open.forEach((response) => response.end()),
		stop,
		restart: () => listen(port),
		[Symbol.asyncDispose]: stop,
	};
}

export type ScriptedServer = Awaited<ReturnType<typeof startScriptedServer>>;

/** A Service on the wire. */
export function service(name: string, resourceVersion: number | string, uid = `uid-of-${name}`): object {
	return {
		metadata: {namespace: 'shop', name, uid, resourceVersion: String(resourceVersion)},
		spec: {type: 'ClusterIP', ports: []},
	};
}

export function list(resourceVersion: string, items: readonly object[], next?: string): Answer {
	return (response) => {
		const metadata = {resourceVersion, ...(next !== undefined && {continue: next})};
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({kind: 'ServiceList', apiVersion: 'v1', metadata, items}));
	};
}

export function status(
	code: number,
	body: object = {},
	headers: Readonly<Record<string, string>> = {},
): Answer {
	return (response) => {
		response.writeHead(code, {'content-type': 'application/json', ...headers});
		response.end(JSON.stringify({kind: 'Status', code, message: `scripted ${code}`, ...body}));
	};
}

/** A watch that brings these events; `end` is called after them, else it is left open. */
export function watch(events: readonly object[] = [], end?: Answer): Answer {
	return (response, request) => {
		response.writeHead(200, {'content-type': 'application/json'});
		response.flushHeaders();
		response.write(events.map((event) => `${JSON.stringify(event)}\n`).join(''), () =>
			end?.(response, request),
		);
	};
}

/** Ends of a watch. */
export const close: Answer = (response) => void response.end();
export const cut: Answer = (response) => void response.socket?.resetAndDestroy();

export const added = (object: object) => ({type: 'ADDED', object});
export const deleted = (object: object) => ({type: 'DELETED', object});
export function bookmark(resourceVersion: string, isEnd = false) {
	const annotations = isEnd ? {annotations: {'k8s.io/initial-events-end': 'true'}} : {};
	return {type: 'BOOKMARK', object: {kind: 'Service', metadata: {resourceVersion, ...annotations}}};
}

export const gone = {
	type: 'ERROR',
	object: {kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 10 (99)'},
};
