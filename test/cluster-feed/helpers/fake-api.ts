import type {Connection, Request, Response} from '../../../source/cluster/connection.ts';
import {ApiError, TransportError} from '../../../source/cluster/transport/errors.ts';
import {type Body, createBody} from './body.ts';

type Stored = {
	readonly metadata: {
		readonly namespace: string;
		readonly name: string;
		readonly uid: string;
		readonly resourceVersion: string;
		readonly labels: Readonly<Record<string, string>>;
	};
};
type Logged = {
	readonly version: number;
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly object: Stored;
};
type Watcher = {readonly body: Body; readonly bookmarks: boolean};
type Page = {readonly version: number; readonly rest: readonly Stored[]; readonly limit: number};

/** Faults: each is asked at its moment and may throw, or spoil what is sent. */
export type Faults = {
	/** Before an answer. */
	readonly beforeAnswer: (request: Request) => void;
	/** The body of a list, whole; to be written as it pleases. */
	readonly writeList: (body: Body, text: string) => void;
	/** A line of a watch. */
	readonly writeLine: (body: Body, line: string) => void;
};

export const noFaults: Faults = {
	beforeAnswer: () => undefined,
	writeList(body, text) {
		body.write(text);
		body.end();
	},
	writeLine: (body, line) => body.write(line),
};

/** An API server of one kind with a log as etcd's: one version for all, paging, compaction, bookmarks, WatchList. */
export function createFakeApi(options: {readonly watchList: boolean; faults: Faults}) {
	const objects = new Map<string, Stored>();
	const pages = new Map<string, Page>();
	let log: Logged[] = [];
	let version = 1;
	let compacted = 0;
	let uids = 0;
	let watchers: Watcher[] = [];
	const counts = {lists: 0, watches: 0};

	const record = (type: Logged['type'], object: Stored): void => {
		const entry: Logged = {version, type, object};
		log.push(entry);
		watchers = watchers.filter(({body}) => !body.isOver);
		watchers.forEach(({body}) => options.faults.writeLine(body, lineOf(type, object)));
	};

	const put = (name: string, label: string): void => {
		const old = objects.get(name);
		version++;
		const object: Stored = {
			metadata: {
				namespace: 'shop',
				name,
				uid: old?.metadata.uid ?? `uid-${++uids}`,
				resourceVersion: String(version),
				labels: {label},
			},
		};
		objects.set(name, object);
		record(old ? 'MODIFIED' : 'ADDED', object);
	};

	const remove = (name: string): void => {
		const old = objects.get(name);
		if (old) {
			version++;
			objects.delete(name);
			record('DELETED', {metadata: {...old.metadata, resourceVersion: String(version)}});
		}
	};

	const listBody = (page: Page): string => {
		const items = page.limit > 0 ? page.rest.slice(0, page.limit) : page.rest;
		const rest = page.rest.slice(items.length);
		const token = rest.length > 0 ? `page-${pages.size + 1}` : '';
		if (token) {
			pages.set(token, {...page, rest});
		}

		return JSON.stringify({
			kind: 'ServiceList',
			metadata: {resourceVersion: String(page.version), ...(token && {continue: token})},
			items,
		});
	};

	const list = (query: Readonly<Record<string, string>>, body: Body): void => {
		counts.lists++;
		if (Number(query['resourceVersion'] ?? 0) > version) {
			throw tooLarge();
		}

		const page = query['continue']
			? pages.get(query['continue'])
			: {version, rest: [...objects.values()], limit: Math.min(Number(query['limit'] ?? 0), 3)};
		if (!page || page.version < compacted) {
			throw expired();
		}

		options.faults.writeList(body, listBody(page));
	};

	const watch = (query: Readonly<Record<string, string>>, body: Body): void => {
		counts.watches++;
		const from = Number(query['resourceVersion'] ?? 0);
		const bookmarks = query['allowWatchBookmarks'] === 'true';
		if (query['sendInitialEvents'] === 'true') {
			if (!options.watchList) {
				throw new ApiError({status: 422, reason: 'Invalid', message: 'sendInitialEvents is forbidden'});
			}

			objects.forEach((object) => options.faults.writeLine(body, lineOf('ADDED', object)));
			options.faults.writeLine(body, bookmark(version, true));
		} else if (from < compacted) {
			body.write(`${JSON.stringify({type: 'ERROR', object: expiredStatus})}\n`);
			body.end();
			return;
		} else {
			log
				.filter((entry) => entry.version > from)
				.forEach(({type, object}) => options.faults.writeLine(body, lineOf(type, object)));
		}

		watchers.push({body, bookmarks});
	};

	const request = async ({query = {}, ...rest}: Request): Promise<Response> => {
		options.faults.beforeAnswer({query, ...rest});
		const body = createBody(rest.signal);
		(query['watch'] === 'true' ? watch : list)(query, body);
		return {status: 200, headers: {}, body: body.bytes};
	};

	return {
		connection: {...unusedConnection, request} satisfies Connection,
		counts,
		objects: objects as ReadonlyMap<string, Stored>,
		put,
		remove,
		setFaults(faults: Faults) {
			options.faults = faults;
		},
		/** Forgets the log up to now. */
		compact() {
			compacted = version;
			log = [];
		},
		sendBookmarks() {
			watchers = watchers.filter(({body}) => !body.isOver);
			watchers
				.filter(({bookmarks}) => bookmarks)
				.forEach(({body}) => options.faults.writeLine(body, bookmark(version, false)));
		},
		/** An old event once more, as from a replica that lags behind. */
		replay(index: number) {
			const entry = log[index % Math.max(log.length, 1)];
			if (entry) {
				watchers.forEach(({body}) => body.write(lineOf(entry.type, entry.object)));
			}
		},
		eachWatch(act: (body: Body) => void) {
			watchers.filter(({body}) => !body.isOver).forEach(({body}) => act(body));
		},
	};
}

export type FakeApi = ReturnType<typeof createFakeApi>;

function lineOf(type: string, object: unknown): string {
	return `${JSON.stringify({type, object})}\n`;
}

function bookmark(version: number, isEnd: boolean): string {
	const annotations = isEnd ? {annotations: {'k8s.io/initial-events-end': 'true'}} : {};
	return lineOf('BOOKMARK', {kind: 'Service', metadata: {resourceVersion: String(version), ...annotations}});
}

export const expiredStatus = {
	kind: 'Status',
	code: 410,
	reason: 'Expired',
	message: 'too old resource version',
};

function expired(): ApiError {
	return new ApiError({
		status: 410,
		reason: 'Expired',
		message: 'The provided continue parameter is too old',
	});
}

export function tooLarge(): ApiError {
	return new ApiError({
		status: 504,
		reason: 'Timeout',
		message: 'Too large resource version: 99, current: 1',
		retryAfter: 1,
		causes: ['ResourceVersionTooLarge'],
	});
}

export function refused(): TransportError {
	return new TransportError('connection refused', {code: 'ECONNREFUSED', phase: 'connect'});
}

export function reset(): TransportError {
	return new TransportError('connection reset', {code: 'ECONNRESET', phase: 'response'});
}

export const unusedConnection = {
	context: 'test',
	cluster: 'test',
	user: 'test',
	server: 'http://test',
	namespace: 'shop',
	insecure: false,
	authenticate: async () => undefined,
	webSocket: async () => {
		throw new Error('not in this test');
	},
	silence: () => 0,
	close: async () => undefined,
} as const;
