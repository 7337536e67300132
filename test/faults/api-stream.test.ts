import {describe, expect, test} from 'vitest';
import {startLive} from '../cluster-feed/helpers/live.ts';
import {
	added,
	bookmark,
	close,
	cut,
	deleted,
	gone,
	list,
	service,
	startWiredServer,
	type Wire,
	status,
	watch,
} from '../cluster-feed/helpers/scripted-server.ts';
import {until} from '../cluster-feed/helpers/until.ts';

// What a server or a network does wrong, over real HTTP; the clock stands still until it is told to go on.

const wires: ReadonlyArray<readonly [string, Wire]> = [
	['HTTP/1.1, JSON', {isHttp2: false, isProtobuf: false}],
	['HTTP/1.1, protobuf', {isHttp2: false, isProtobuf: true}],
	['HTTP/2, JSON', {isHttp2: true, isProtobuf: false}],
	['HTTP/2, protobuf', {isHttp2: true, isProtobuf: true}],
];

describe.each(wires)('over %s', (_, wire) => {
	test('a list that fails once (500) comes after a wait', async () => {
		await using server = await startWiredServer(wire, status(500), list('10', [service('a', 3)]));
		await using live = await startLive(server);
		await live.wait(800);
		await live.has(['a']);
		await server.hasLogged(['LIST', 'LIST', 'WATCH 10']);
	});

	test('a throttled list waits exactly as long as the server says', async () => {
		await using server = await startWiredServer(
			wire,
			status(429, {reason: 'TooManyRequests'}, {'retry-after': '3'}),
			list('10', [service('a', 3)]),
		);
		await using live = await startLive(server, {random: () => 0.9});
		await live.wait(3000);
		await live.has(['a']);
	});

	test('pages are one list', async () => {
		await using server = await startWiredServer(
			wire,
			list('10', [service('a', 3)], 'second'),
			list('10', [service('b', 4)], 'third'),
			list('10', [service('c', 5)]),
		);
		await using live = await startLive(server);
		await live.has(['a', 'b', 'c']);
		await server.hasLogged(['LIST', 'LIST second', 'LIST third', 'WATCH 10']);
		expect(server.requested[1]?.searchParams.get('resourceVersion')).toBeNull();
		expect(live.events.filter(({type}) => type === 'init')).toHaveLength(1);
	});

	test('a continue token that expired starts the list again', async () => {
		await using server = await startWiredServer(
			wire,
			list('10', [service('a', 3), service('deleted-meanwhile', 4)], 'second'),
			status(410, {reason: 'Expired'}),
			list('20', [service('a', 3)]),
		);
		await using live = await startLive(server);
		await live.has(['a']);
		await server.hasLogged(['LIST', 'LIST second', 'LIST', 'WATCH 20']);
	});

	test('a throttled watch waits and lists nothing', async () => {
		await using server = await startWiredServer(
			wire,
			list('10', []),
			status(429, {reason: 'TooManyRequests', details: {retryAfterSeconds: 2}}),
			watch([added(service('a', 11))]),
		);
		await using live = await startLive(server);
		await live.wait(2000);
		await live.has(['a']);
		await server.hasLogged(['LIST', 'WATCH 10', 'WATCH 10']);
	});

	test.each([500, 503, 401])('a watch that fails (%i) goes on from its version', async (code) => {
		await using server = await startWiredServer(
			wire,
			list('10', []),
			status(code),
			watch([added(service('a', 11))]),
		);
		await using live = await startLive(server);
		await live.wait(800);
		await live.has(['a']);
		expect(server.log.filter((entry) => entry.startsWith('LIST'))).toHaveLength(1);
	});

	test('a watch that is cut goes on from its last event', async () => {
		await using server = await startWiredServer(
			wire,
			list('10', []),
			watch([added(service('a', 11))], cut),
			watch([added(service('b', 12))]),
		);
		await using live = await startLive(server);
		await until(() => live.names().length > 0);
		await live.wait(800);
		await live.has(['a', 'b']);
		await server.hasLogged(['LIST', 'WATCH 10', 'WATCH 11']);
	});

	test('a watch that ends at once, again and again, is opened less and less often', async () => {
		await using server = await startWiredServer(
			wire,
			list('10', []),
			...Array.from({length: 5}, () => watch([], close)),
		);
		await using live = await startLive(server);
		for (const ms of [800, 1600, 3200, 6400, 12_800]) {
			await live.wait(ms);
		}

		await until(() => server.log.length === 7);
		expect(server.log.filter((entry) => entry === 'LIST')).toHaveLength(1);
		await live.has([]);
	});

	test('a watch that is gone (410 as an event) is listed from its version', async () => {
		await using server = await startWiredServer(
			wire,
			list('10', [service('a', 3), service('b', 4)]),
			watch([gone]),
			list('99', [service('b', 50)]),
		);
		await using live = await startLive(server);
		await live.has(['b']);
		await server.hasLogged(['LIST', 'WATCH 10', 'LIST 10', 'WATCH 99']);
		expect(server.requested[2]?.searchParams.has('limit')).toBe(false);
	});

	test('in a storm of 50 times 410 there is one list a wait', async () => {
		const storm = Array.from({length: 50}, () => status(410, {reason: 'Expired'}));
		await using server = await startWiredServer(
			wire,
			list('10', []),
			...storm,
			list('99', [service('a', 50)]),
		);
		await using live = await startLive(server);
		let waits = 0;
		while (server.log.length < 52) {
			await until(() => server.log.length >= 52 || (live.clock.timers[0] ?? Infinity) <= 30_000);
			waits += live.clock.advanceToNext() === undefined ? 0 : 1;
		}

		await live.has(['a']);
		// The first two are made without a wait.
		expect(server.log.filter((entry) => entry.startsWith('LIST')).length - 1).toBeLessThanOrEqual(waits + 2);
	});

	test('a watch left open after an ERROR event is closed from here and goes on', async () => {
		let isClosed = false;
		const error = {
			type: 'ERROR',
			object: {kind: 'Status', code: 500, reason: 'InternalError', message: 'etcd'},
		};
		await using server = await startWiredServer(
			wire,
			list('10', []),
			watch([added(service('a', 11)), error, added(service('never', 12))], (response) => {
				response.on('close', () => (isClosed = true));
			}),
			watch([added(service('b', 12))]),
		);
		await using live = await startLive(server);
		await live.has(['a'], 'stale');
		expect(live.state()).toMatchObject({reason: 'the API server has trouble (500): etcd'});
		await until(() => isClosed);
		await live.wait(800);
		await live.has(['a', 'b']);
		await server.hasLogged(['LIST', 'WATCH 10', 'WATCH 11']);
	});

	test.each([
		['garbage', '{"type":"ADD\n'],
		['a line cut short', '{"type":"ADDED","object":{"meta'],
	])('%s in a watch is a broken watch: no event is lost', async (_, text) => {
		await using server = await startWiredServer(
			wire,
			list('10', []),
			watch([added(service('a', 11))], (response) => void response.end(text)),
			watch([added(service('b', 12))]),
		);
		await using live = await startLive(server);
		await live.wait(800);
		await live.has(['a', 'b']);
		await server.hasLogged(['LIST', 'WATCH 10', 'WATCH 11']);
	});

	test('a watch that only brought bookmarks goes on from the last, without a list', async () => {
		await using server = await startWiredServer(wire, list('10', []), watch([bookmark('500')]), watch());
		await using live = await startLive(server);
		await until(() => live.feed.counters.events === 1);
		live.clock.advance(60_000);
		server.endAll();
		await until(() => server.log.length === 3);
		await server.hasLogged(['LIST', 'WATCH 10', 'WATCH 500']);
		expect(live.state()).toEqual({state: 'synced'});
	});

	test('a watch without bookmarks goes on from its list', async () => {
		await using server = await startWiredServer(wire, list('10', []), watch(), watch());
		await using live = await startLive(server);
		await until(() => server.log.length === 2);
		live.clock.advance(60_000);
		server.endAll();
		await until(() => server.log.length === 3);
		await server.hasLogged(['LIST', 'WATCH 10', 'WATCH 10']);
	});

	test('old events once more change nothing', async () => {
		await using server = await startWiredServer(
			wire,
			list('10', [service('a', 9)]),
			watch([
				added(service('a', 5)),
				added(service('long-gone', 6)),
				deleted(service('a', 7)),
				added(service('b', 11)),
			]),
		);
		await using live = await startLive(server);
		await live.has(['a', 'b']);
		expect(live.touched).toEqual(['Service/shop/a', 'Service/shop/b']);
	});

	test('a replica that lags behind is waited for', async () => {
		const drift = status(504, {
			reason: 'Timeout',
			message: 'Too large resource version: 10, current: 7',
			details: {retryAfterSeconds: 1, causes: [{reason: 'ResourceVersionTooLarge'}]},
		});
		await using server = await startWiredServer(
			wire,
			list('10', []),
			drift,
			watch([added(service('a', 11))]),
		);
		await using live = await startLive(server);
		await live.wait(1000);
		await live.has(['a']);
		await server.hasLogged(['LIST', 'WATCH 10', 'WATCH 10']);
	});

	test('an object made again under its name while nobody watched is the new one', async () => {
		await using server = await startWiredServer(
			wire,
			list('10', [service('a', 3, 'first')]),
			watch([gone]),
			list('99', [service('a', 50, 'second')]),
		);
		await using live = await startLive(server);
		await until(() => live.events.filter(({type}) => type === 'init-done').length === 2);
		expect(live.get('a')?.uid).toBe('second');
		expect(live.touched).toEqual(['Service/shop/a', 'Service/shop/a']);
	});

	test('an object that changed twice in a gap ends up in its last state', async () => {
		await using server = await startWiredServer(
			wire,
			list('10', [service('a', 3), service('gone', 4)]),
			watch([gone]),
			list('99', [service('a', 60), service('new', 70)]),
		);
		await using live = await startLive(server);
		await live.has(['a', 'new']);
	});

	test('a server without WatchList is listed, and asked for one no more', async () => {
		await using server = await startWiredServer(
			wire,
			status(422, {reason: 'Invalid', message: 'sendInitialEvents is forbidden for watch'}),
			list('10', [service('a', 3)]),
			watch([gone]),
			list('20', [service('b', 13)]),
		);
		await using live = await startLive(server, {watchList: true});
		await live.has(['b']);
		await server.hasLogged(['WATCHLIST', 'LIST', 'WATCH 10', 'LIST 10', 'WATCH 20']);
	});

	test('a WatchList that ends before its bookmark leaves no trace', async () => {
		await using server = await startWiredServer(
			wire,
			watch([added(service('ghost', 3))], close),
			list('10', [service('a', 3)]),
		);
		await using live = await startLive(server, {watchList: true});
		await live.wait(800);
		await live.has(['a']);
		expect(live.touched).toEqual(['Service/shop/a']);
	});

	test('a WatchList whose bookmark never comes gives way to a list after four seconds of silence', async () => {
		await using server = await startWiredServer(
			wire,
			watch([added(service('a', 3))]),
			list('10', [service('a', 3)]),
		);
		await using live = await startLive(server, {watchList: true});
		await until(() => live.feed.counters.events === 1);
		await live.wait(4000);
		await live.has(['a']);
		await server.hasLogged(['WATCHLIST', 'LIST']);
	});

	test('an API server that restarts is found again within seconds, and nothing is listed', async () => {
		await using server = await startWiredServer(wire, list('10', [service('a', 3)]), watch());
		await using live = await startLive(server);
		await until(() => server.log.length === 2);
		live.clock.advance(60_000);
		await server.stop();
		await live.has(['a'], 'stale');
		for (const ms of [250, 500, 1000]) {
			await live.wait(ms);
		}

		await until(() => live.clock.timers[0] === 2000);
		server.add(watch([added(service('b', 11))]));
		await server.restart();
		await live.wait(2000);
		await live.has(['a', 'b']);
		await server.hasLogged(['LIST', 'WATCH 10', 'WATCH 10']);
	});

	test('nothing happens after stop', async () => {
		await using server = await startWiredServer(wire, list('10', []), watch([], close));
		await using live = await startLive(server);
		await until(() => live.clock.timers[0] === 800);
		await live.feed.stop();
		const {length} = live.events;
		expect(live.clock.timers).toEqual([]);
		live.feed.want(new Map([['Pod', 'all']]));
		live.clock.advance(1_000_000);
		expect(live.events).toHaveLength(length);
		expect(server.log).toHaveLength(2);
	});
});
