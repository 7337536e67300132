import {Buffer} from 'node:buffer';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {createSecureServer, type ServerHttp2Session} from 'node:http2';
import type {AddressInfo, Server, Socket} from 'node:net';
import {createAuthority} from '../../helpers/certificates.ts';
import {encodeEvent, encodeList} from '../../schedules/encode.ts';
import {until} from './until.ts';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** How a server speaks. */
export type Wire = {readonly isHttp2: boolean; readonly isProtobuf: boolean};

/** An HTTP/1.1 server on loopback that speaks JSON. */
export async function startScriptedServer(...script: readonly Answer[]) {
	return startWiredServer({isHttp2: false, isProtobuf: false}, ...script);
}

const authority = createAuthority();
const leaf = authority.issue('server', {names: ['127.0.0.1']});

/** A server on loopback that gives the scripted answers in order; what comes after them is left open. */
export async function startWiredServer({isHttp2, isProtobuf}: Wire, ...script: readonly Answer[]) {
	const requested: URL[] = [];
	const accepts: string[] = [];
	const open = new Set<ServerResponse>();
	const answers = [...script];
	const sockets = new Set<Socket>();
	const handle = (request: IncomingMessage, response: ServerResponse): void => {
		requested.push(new URL(request.url ?? '', 'http://test'));
		accepts.push(request.headers.accept ?? '');
		open.add(response);
		response.on('close', () => open.delete(response));
		response.on('error', () => undefined);
		if (!isProtobuf) {
			request.headers.accept = 'application/json';
		}

		(answers.shift() ?? watch())(response, request);
	};
	const server: Server = isHttp2
		? createSecureServer({cert: leaf.cert, key: leaf.key}, handle as never)
		: createServer(handle);
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('session', (session: ServerHttp2Session) => session.on('error', () => undefined));
	const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	await listen(0);
	const {port} = server.address() as AddressInfo;
	const stop = () =>
		new Promise<void>((resolve) => {
			server.close(() => resolve());
			sockets.forEach((socket) => socket.destroy());
		});

	/** The requests as `LIST` and `WATCH` with the version they start from. */
	const log = (): readonly string[] =>
		requested.map(({searchParams: query}) => {
			const from = query.get('continue') ?? query.get('resourceVersion') ?? '';
			const verb = query.get('watch') ? (query.get('sendInitialEvents') ? 'WATCHLIST' : 'WATCH') : 'LIST';
			return `${verb} ${from}`.trim();
		});

	return {
		url: `${isHttp2 ? 'https' : 'http'}://127.0.0.1:${port}`,
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
	return (response, request) => {
		const metadata = {resourceVersion, continue: next};
		response.setHeader('content-type', contentType(request));
		response.end(
			isProtobufWanted(request)
				? encodeList('Service', metadata, items as readonly Record<string, unknown>[])
				: JSON.stringify({kind: 'ServiceList', apiVersion: 'v1', metadata, items}),
		);
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
		response.writeHead(200, {'content-type': contentType(request, ';stream=watch')});
		response.flushHeaders();
		const bytes = Buffer.concat(events.map((event) => bytesOf(event as WatchEvent, request)));
		if (bytes.length === 0) {
			end?.(response, request);
		} else {
			response.write(bytes, () => end?.(response, request));
		}
	};
}

type WatchEvent = {readonly type: string; readonly object: Record<string, unknown>};

function bytesOf({type, object}: WatchEvent, request: IncomingMessage): Buffer {
	return isProtobufWanted(request)
		? encodeEvent(type, type === 'ERROR' ? 'Status' : 'Service', object)
		: Buffer.from(`${JSON.stringify({type, object})}\n`);
}

function isProtobufWanted({headers}: IncomingMessage): boolean {
	return headers.accept?.includes('vnd.kubernetes.protobuf') === true;
}

function contentType(request: IncomingMessage, more = ''): string {
	return isProtobufWanted(request) ? `application/vnd.kubernetes.protobuf${more}` : 'application/json';
}

/** Ends of a watch. */
export const close: Answer = (response) => void response.end();
export const cut: Answer = (response) => {
	const {stream} = response as {readonly stream?: {readonly session?: {destroy(): void}}};
	if (stream) {
		stream.session?.destroy();
	} else {
		response.socket?.resetAndDestroy();
	}
};

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
