import type {Connection, Request} from '../../../source/cluster/connection.ts';
import {ApiError} from '../../../source/cluster/transport/errors.ts';
import {createLiveFeed} from '../../../source/feeds/live.ts';
import type {Kind} from '../../../source/model/kinds.ts';
import {createStore} from '../../../source/store/store.ts';
import {type Body, createBody} from './body.ts';
import {reset, unusedConnection} from './fake-api.ts';
import {createFakeClock} from './fake-clock.ts';
import {settle} from './random.ts';

/** What a path of the server holds: objects, a failure, or any other JSON. */
type Held = readonly object[] | Error | {readonly json: object};

/** A server whose paths a test fills, and a live feed on it. Paths that were not filled are 404. */
export function createFakeCluster(paths: Readonly<Record<string, Held>>) {
	const held = new Map(Object.entries(paths));
	const requested: Request[] = [];
	const watches = new Map<string, Body>();
	const store = createStore({schedule: (callback) => callback()});
	const touched: string[] = [];
	store.reader.subscribe(({objects}) => void touched.push(...objects));
	const clock = createFakeClock();

	const request: Connection['request'] = async (traceOptions) => {
		requested.push(traceOptions);
		const body = createBody(traceOptions.signal);
		const {path, query} = traceOptions;
		const found = held.get(keyOf(path, query)) ?? held.get(path);
		if (found === undefined || found instanceof Error) {
			throw found ?? missing;
		}

		if (query?.['watch']) {
			watches.set(keyOf(path, query), body);
		} else {
			body.write(
				JSON.stringify('json' in found ? found.json : {metadata: {resourceVersion: '10'}, items: found}),
			);
			body.end();
		}

		return {status: 200, headers: {}, body: body.bytes};
	};

	const feed = createLiveFeed({
		connection: {...unusedConnection, request},
		writer: store.writer,
		clock,
		random: () => 0,
		watchList: false,
		namespaces: ['shop', 'bank'],
	});
	const snapshot = () => store.reader.snapshot(0);
	return {
		feed,
		clock,
		requested: requested as readonly Request[],
		/** Keys of the objects that readers saw change, in order. */
		touched: touched as readonly string[],
		fill: (path: string, what: Held) => void held.set(path, what),
		/** Paths of lists asked for since the last call. */
		lists: listsSince(requested),
		async want(kind: Kind, scope?: 'all' | readonly string[]) {
			feed.want(new Map(scope === undefined ? [] : [[kind, scope === 'all' ? scope : new Set(scope)]]));
			await settle();
		},
		async emit(path: string, type: string, object: object) {
			watches.get(path)?.write(`${JSON.stringify({type, object})}\n`);
			await settle();
		},
		/** Resets the connection of a watch. */
		async cut(path: string) {
			watches.get(path)?.fail(reset());
			await settle();
		},
		async pass(ms: number) {
			clock.advance(ms);
			await settle();
		},
		isWatched: (path: string) => watches.get(path)?.isOver === false,
		snapshot,
		state: (kind: Kind, namespace?: string) => snapshot().state(kind, namespace),
		/** resourceVersions by `namespace/name`. */
		versions: (kind: Kind) =>
			Object.fromEntries(
				snapshot()
					.list(kind)
					.map(({namespace, name, resourceVersion}) => [`${namespace}/${name}`, resourceVersion]),
			),
		names: (kind: Kind) =>
			snapshot()
				.list(kind)
				.map(({namespace, name}) => `${namespace}/${name}`),
	};
}

function keyOf(path: string, query: Request['query']): string {
	const selector = query?.['fieldSelector'];
	return selector === undefined ? path : `${path}?${selector}`;
}

function listsSince(requested: readonly Request[]): () => readonly string[] {
	let seen = 0;
	return () => {
		const fresh = requested.slice(seen);
		seen = requested.length;
		return fresh.filter(({query}) => !query?.['watch']).map(({path, query}) => keyOf(path, query));
	};
}

/** An object of any kind. */
export function named(namespace: string, name: string, more: object = {}): object {
	return {metadata: {namespace, name, uid: `${namespace}-${name}`, resourceVersion: '5'}, ...more};
}

export const forbidden = new ApiError({
	status: 403,
	reason: 'Forbidden',
	message: 'pods is forbidden: User "jo" cannot list resource "pods" in API group "" at the cluster scope',
});

export const missing = new ApiError({status: 404, reason: 'NotFound', message: 'not found'});
