import {Buffer} from 'node:buffer';
import {createServer} from 'node:http';
import {createSecureServer, type ServerHttp2Session} from 'node:http2';
import type {AddressInfo, Server, Socket} from 'node:net';
import type {Writable} from 'node:stream';
import {createAuthority} from '../helpers/certificates.ts';
import {relayTo} from '../helpers/relay.ts';
import {encodeEvent, encodeList} from './encode.ts';
import {createWorld, plurals, worldKinds, type Change, type WorldKind, type WorldObject} from './world.ts';

type Die = () => number;
type Headers = {readonly accept?: string; readonly authorization?: string};
type Reply = Writable & {writeHead(status: number, headers?: object): unknown; flushHeaders(): void};
type Requested = {readonly kind: WorldKind; readonly namespace?: string; readonly query: URLSearchParams};
type Watcher = {
	readonly requested: Requested;
	readonly reply: Reply;
	readonly isProtobuf: boolean;
	/** What a delayed stream holds back. */
	held?: Buffer[];
};
type Page = {readonly version: number; readonly rest: readonly WorldObject[]; readonly limit: number};

export type ServerOptions = {
	readonly die: Die;
	readonly isHttp2: boolean;
	readonly hasProtobuf: boolean;
	readonly watchList: 'yes' | 'refused' | 'ignored';
};

const authority = createAuthority();
const leaf = authority.issue('server', {names: ['127.0.0.1']});

/** An API server on a real socket that fails in any way while `isFaulty`. */
export async function startServer({die, isHttp2, hasProtobuf, watchList}: ServerOptions) {
	const watchers = new Set<Watcher>();
	const pages = new Map<string, Page>();
	const sockets = new Set<Socket>();
	const sessions = new Set<ServerHttp2Session>();
	const state = {
		isFaulty: true,
		isForbidden: false,
		isInstalled: true,
		requests: 0,
		faults: 0,
		handshakes: 0,
	};
	/** What a client must show; undefined where connections are not encrypted, since tokens are not sent there. */
	let token = isHttp2 ? 'token-1' : undefined;
	const fault = (chance: number): boolean => {
		const isFault = state.isFaulty && die() < chance;
		state.faults += isFault ? 1 : 0;
		return isFault;
	};
	const world = createWorld((change) => {
		for (const watcher of watchers) {
			if (concerns(watcher.requested, change)) {
				send(watcher, change.type, change.object);
			}
		}
	});

	const bytesOf = ({requested, isProtobuf}: Watcher, type: string, object: object): Buffer =>
		isProtobuf
			? encodeEvent(type, 'code' in object ? 'Status' : requested.kind, object as Record<string, unknown>)
			: Buffer.from(`${JSON.stringify({type, object})}\n`);

	const send = (watcher: Watcher, type: string, object: object): void => {
		const bytes = bytesOf(watcher, type, object);
		if (fault(0.03)) {
			write(watcher, bytes.subarray(0, Math.floor(die() * bytes.length)));
			const ends = [
				() => watcher.reply.end(),
				() => watcher.reply.destroy(),
				() => write(watcher, Buffer.from('\u0000\u0000garbage\n')),
			];
			ends[Math.floor(die() * ends.length)]?.();
			watchers.delete(watcher);
			if (!watcher.reply.destroyed) {
				watcher.reply.end();
			}
		} else {
			write(watcher, fault(0.05) ? Buffer.concat([bytes, bytes]) : bytes);
		}
	};

	const write = ({held, reply}: Watcher, bytes: Buffer): void => {
		if (held) {
			held.push(bytes);
		} else if (!reply.destroyed && !reply.writableEnded) {
			reply.write(bytes);
		}
	};

	const list = (requested: Requested, reply: Reply, isProtobuf: boolean): void => {
		const {kind, namespace, query} = requested;
		const token = query.get('continue');
		const fresh = {
			version: world.version,
			rest: shuffled(world.list(kind, namespace), die),
			limit: Math.min(Number(query.get('limit') ?? 0), 4),
		};
		const page = token === null ? fresh : pages.get(token);
		if (!page || page.version < world.compacted) {
			return refuse(reply, 410, 'Expired');
		}

		if (Number(query.get('resourceVersion') ?? 0) > world.version) {
			return refuse(reply, 504, 'Timeout', {causes: [{reason: 'ResourceVersionTooLarge'}]});
		}

		const items = page.limit > 0 ? page.rest.slice(0, page.limit) : page.rest;
		const rest = page.rest.slice(items.length);
		const next = rest.length > 0 ? `page-${pages.size + 1}` : '';
		pages.set(next, {...page, rest});
		const metadata = {resourceVersion: String(page.version), continue: next === '' ? undefined : next};
		const body = isProtobuf
			? encodeList(kind, metadata, items)
			: Buffer.from(JSON.stringify({kind: `${kind}List`, metadata, items}));
		reply.writeHead(200, {'content-type': contentType(isProtobuf)});
		if (fault(0.08)) {
			reply.write(body.subarray(0, Math.floor(die() * body.length)), () => reply.destroy());
		} else {
			reply.end(body);
		}
	};

	const watch = (requested: Requested, reply: Reply, isProtobuf: boolean): void => {
		const from = Number(requested.query.get('resourceVersion') ?? 0);
		const isInitial = requested.query.get('sendInitialEvents') === 'true';
		if (isInitial && watchList === 'refused') {
			return refuse(reply, 422, 'Invalid');
		}

		if (!isInitial && from < world.compacted && die() < 0.5) {
			return refuse(reply, 410, 'Expired');
		}

		const watcher: Watcher = {requested, reply, isProtobuf};
		reply.writeHead(200, {'content-type': contentType(isProtobuf, ';stream=watch')});
		reply.flushHeaders();
		if (isInitial) {
			shuffled(world.list(requested.kind, requested.namespace), die).forEach((object) =>
				send(watcher, 'ADDED', object),
			);
			if (watchList === 'yes') {
				bookmark(watcher, true);
			}
		} else if (from < world.compacted) {
			write(watcher, bytesOf(watcher, 'ERROR', statusOf(410, 'Expired')));
			reply.end();
			return;
		} else {
			const changes = world.since(from).filter((change) => concerns(requested, change));
			changes.forEach(({type, object}) => send(watcher, type, object));
		}

		watchers.add(watcher);
		reply.on('close', () => watchers.delete(watcher));
	};

	const bookmark = (watcher: Watcher, isEnd: boolean): void => {
		const annotations = isEnd ? {'k8s.io/initial-events-end': 'true'} : undefined;
		const metadata = {resourceVersion: String(world.version), annotations};
		write(watcher, bytesOf(watcher, 'BOOKMARK', {kind: watcher.requested.kind, metadata}));
	};

	const answer = (url: URL, {accept = '', authorization}: Headers, reply: Reply): void => {
		state.requests++;
		if (token !== undefined && authorization !== `Bearer ${token}`) {
			return refuse(reply, 401, 'Unauthorized');
		}

		if (fault(0.15)) {
			return misbehave(reply, die);
		}

		const requested = askedOf(url);
		if (url.pathname === '/apis') {
			return discover(reply);
		}

		if (!requested || (requested.kind === 'HTTPRoute' && !state.isInstalled)) {
			return refuse(reply, 404, 'NotFound');
		}

		if (state.isForbidden && requested.namespace === undefined && requested.kind !== 'Node') {
			return refuse(reply, 403, 'Forbidden');
		}

		const isProtobuf = hasProtobuf && accept.includes('vnd.kubernetes.protobuf');
		(requested.query.get('watch') === 'true' ? watch : list)(requested, reply, isProtobuf);
	};

	const discover = (reply: Reply): void => {
		const versions = [{version: 'v1', resources: [{resource: 'httproutes'}]}];
		const items = state.isInstalled ? [{metadata: {name: 'gateway.networking.k8s.io'}, versions}] : [];
		reply.writeHead(200, {'content-type': 'application/json'});
		reply.end(JSON.stringify({kind: 'APIGroupDiscoveryList', items}));
	};

	const handle = (request: {readonly url?: string; readonly headers: Headers}, reply: unknown): void => {
		(reply as Reply).on('error', () => undefined);
		answer(new URL(request.url ?? '', 'http://server'), request.headers, reply as Reply);
	};
	const server: Server = isHttp2
		? createSecureServer({cert: leaf.cert, key: leaf.key, allowHTTP1: true}, handle as never)
		: createServer(handle);
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('secureConnection', () => void state.handshakes++);
	server.on('session', (session: ServerHttp2Session) => {
		sessions.add(session);
		session.on('error', () => undefined);
		session.on('close', () => sessions.delete(session));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	const relay = await relayTo({url: `${isHttp2 ? 'https' : 'http'}://127.0.0.1:${port}`, port});

	return {
		url: relay.url,
		world,
		state,
		bookmarks: () => watchers.forEach((watcher) => bookmark(watcher, false)),
		/** From now on the streams hold back what they bring. */
		delay(isDelayed: (requested: Requested) => boolean): void {
			[...watchers].filter(({requested}) => isDelayed(requested)).forEach((watcher) => (watcher.held ??= []));
		},
		catchUp() {
			for (const watcher of watchers) {
				const held = watcher.held ?? [];
				delete watcher.held;
				held.forEach((bytes) => write(watcher, bytes));
			}
		},
		/** An old event once more, as from a replica that lags behind. */
		replay(index: number) {
			const change = world.anyOf(index);
			if (change) {
				[...watchers]
					.filter(({requested}) => concerns(requested, change))
					.forEach((watcher) => write(watcher, bytesOf(watcher, change.type, change.object)));
			}
		},
		endWatches: () => watchers.forEach(({reply}) => reply.end()),
		expireWatches: () =>
			[...watchers].forEach((watcher) => {
				write(watcher, bytesOf(watcher, 'ERROR', statusOf(410, 'Expired')));
				watcher.reply.end();
			}),
		reset: () => sockets.forEach((socket) => socket.resetAndDestroy()),
		/** The connections there are stay open, and nothing passes on them any more. */
		forget: () => relay.forget(),
		/** From now on only the next token is good. */
		expireToken(): string {
			token = token && `token-${Number(token.slice(6)) + 1}`;
			return token ?? '';
		},
		/** The CRD goes, with its objects' watches. */
		install(isInstalled: boolean) {
			state.isInstalled = isInstalled;
			[...watchers].filter(({requested}) => requested.kind === 'HTTPRoute').forEach(({reply}) => reply.end());
		},
		goAway: () => sessions.forEach((session) => session.close()),
		async stop() {
			await relay.close();
			sockets.forEach((socket) => socket.destroy());
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

export type FaultyServer = Awaited<ReturnType<typeof startServer>>;

function concerns({kind, namespace}: Requested, change: Change): boolean {
	return change.kind === kind && (namespace === undefined || namespace === change.object.metadata.namespace);
}

function askedOf({pathname, searchParams}: URL): Requested | undefined {
	const [, namespace, plural] = /(?:\/namespaces\/([^/]+))?\/([a-z]+)$/u.exec(pathname) ?? [];
	const kind = worldKinds.find((each) => plurals[each] === plural);
	return kind && {kind, namespace, query: searchParams};
}

function misbehave(reply: Reply, die: Die): void {
	const ways = [
		() => refuse(reply, 500, 'InternalError'),
		() => refuse(reply, 503, 'ServiceUnavailable'),
		() => refuse(reply, 429, 'TooManyRequests', {retryAfterSeconds: 1}),
		() => refuse(reply, 401, 'Unauthorized'),
		() => refuse(reply, 410, 'Expired'),
		() => refuse(reply, 403, 'Forbidden'),
		() => reply.destroy(),
	];
	ways[Math.floor(die() * ways.length)]?.();
}

function refuse(reply: Reply, code: number, reason: string, details?: object): void {
	reply.writeHead(code, {'content-type': 'application/json'});
	reply.end(JSON.stringify(statusOf(code, reason, details)));
}

function statusOf(code: number, reason: string, details?: object) {
	return {kind: 'Status', status: 'Failure', code, reason, message: `${code} ${reason}`, details};
}

function contentType(isProtobuf: boolean, more = ''): string {
	return `application/${isProtobuf ? 'vnd.kubernetes.protobuf' : 'json'}${more}`;
}

function shuffled<T>(items: readonly T[], die: Die): readonly T[] {
	return items
		.map((item) => ({item, at: die()}))
		.toSorted((a, b) => a.at - b.at)
		.map(({item}) => item);
}
