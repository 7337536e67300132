import {connect} from '../../../source/cluster/connect.ts';
import {createLiveFeed, type LiveFeedOptions} from '../../../source/feeds/live.ts';
import type {Kind} from '../../../source/model/kinds.ts';
import type {WatchEvent} from '../../../source/model/watch-event.ts';
import {createStore} from '../../../source/store/store.ts';
import {createFakeClock} from './fake-clock.ts';
import type {ScriptedServer} from './scripted-server.ts';
import {until} from './until.ts';

/** A live feed on a scripted server: real HTTP, a clock that stands still, no chance. */
export async function startLive(
	server: Pick<ScriptedServer, 'url'>,
	options: Partial<LiveFeedOptions> = {},
	kind: Kind = 'Service',
) {
	const connection = await connect({
		server: server.url,
		insecureSkipTlsVerify: server.url.startsWith('https'),
		namespace: 'shop',
		env: {},
	});
	const store = createStore({schedule: (callback) => callback()});
	const touched: string[] = [];
	store.reader.subscribe(({objects}) => void touched.push(...objects));
	const clock = createFakeClock();
	const events: WatchEvent[] = [];
	const apply = (event: WatchEvent): void => {
		events.push(event);
		store.writer.apply(event);
	};
	const feed = createLiveFeed({
		connection,
		writer: {apply},
		clock,
		random: () => 0,
		watchList: false,
		...options,
	});
	const state = (namespace?: string) => store.reader.snapshot(0).state(kind, namespace);
	const names = () =>
		store.reader
			.snapshot(0)
			.list(kind)
			.map(({name}) => name);
	feed.want(new Map([[kind, 'all']]));

	return {
		feed,
		clock,
		events: events as readonly WatchEvent[],
		state,
		names,
		/** Keys of the objects that readers saw change, in order. */
		touched: touched as readonly string[],
		get: (name: string) => store.reader.snapshot(0).get(kind, 'shop', name),
		/** Resolves when the store holds these, and the kind is in this state. */
		has: async (expected: readonly string[], name = 'synced') =>
			until(
				() => names().join() === expected.join() && state().state === name,
				() => ({names: names(), state: state()}),
			),
		/** Waits for a wait of so many milliseconds to begin, and lets it pass. */
		async wait(ms: number) {
			await until(
				() => clock.timers[0] === ms,
				() => clock.timers,
			);
			clock.advance(ms);
		},
		async [Symbol.asyncDispose]() {
			await feed.stop();
			await connection.close();
		},
	};
}
