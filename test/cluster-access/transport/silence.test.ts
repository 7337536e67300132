import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import type {Connection, Response} from '../../../source/cluster/connection.ts';
import type {TransportError} from '../../../source/cluster/transport/errors.ts';
import {connectTo, failureOf, get} from '../connection.ts';
import {relayTo} from './relay.ts';
import {type Handler, json, serve, type TestServer} from '../server.ts';
import {waitFor} from '../../helpers/wait-for.ts';

/** Sends one byte of a watch, and nothing more. */
const quiet: Handler = ({url}, reply) => {
	if (url.includes('hang')) {
		return;
	}

	if (url.startsWith('/version')) {
		json(reply, {});
	} else {
		reply.writeHead(200);
		reply.write('{');
	}
};

const watch = {path: '/pods', query: {watch: 'true'}};

/** Reads on, and tells how it ended. The first byte has been read when this resolves. */
async function follow(response: Response): Promise<{readonly end: Promise<unknown>}> {
	const reader = response.body[Symbol.asyncIterator]();
	await reader.next();
	return {
		end: reader.next().then(
			({done}) => (done ? 'ended' : 'went on'),
			(error: unknown) => error,
		),
	};
}

/** Lets time pass, with every PING of it sent and answered. */
async function pass(time: number, server: TestServer, connection: Connection): Promise<void> {
	let pings = 0;
	server.sessions[0]?.on('ping', () => {
		pings += 1;
	});
	for (let passed = 4000; passed <= time && server.sessions.length > 0; passed += 4000) {
		vi.advanceTimersByTime(4000);
		await waitFor(() => expect(pings).toBe(passed / 4000), 1);
		// A request goes after the answer to the PING on the same connection: now it has arrived.
		await get(connection);
	}

	vi.advanceTimersByTime(server.sessions.length > 0 ? time % 4000 : time);
}

// Only knet's own timers: sockets are real, and what they carry takes its time.
beforeEach(() => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval']});
});
afterEach(() => {
	vi.useRealTimers();
});

describe('a silent watch over HTTP/2', () => {
	it('stays open for as long as its connection answers', async () => {
		const server = await serve({protocol: 'h2', handler: quiet});
		const connection = await connectTo(server);
		const {end} = await follow(await connection.request(watch));
		await pass(600_000, server, connection);
		expect(await Promise.race([end, Promise.resolve('open')])).toBe('open');
		expect(server.sockets).toHaveLength(1);
	});

	it.each(['forget', 'blackhole'] as const)(
		'breaks within 45 s when a balancer %ss its flow',
		async (fault) => {
			const server = await serve({protocol: 'h2', handler: quiet});
			const relay = await relayTo(server);
			const connection = await connectTo({...server, url: relay.url});
			const {end} = await follow(await connection.request(watch));
			relay[fault]();
			vi.advanceTimersByTime(30_000);
			const error = (await end) as TransportError;
			expect(error).toMatchObject({name: 'TransportError', phase: 'idle', code: 'ETIMEDOUT'});
			expect(error.silence).toBeDefined();
		},
	);

	it('says since when nothing is heard, from the fourth second on, until the server is heard again', async () => {
		const server = await serve({protocol: 'h2', handler: quiet});
		const relay = await relayTo(server);
		const connection = await connectTo({...server, url: relay.url});
		await follow(await connection.request(watch));
		vi.advanceTimersByTime(4000);
		await get(connection);
		vi.advanceTimersByTime(1000);
		expect(connection.silence()).toBe(0);
		relay.blackhole();
		vi.advanceTimersByTime(3000);
		expect(connection.silence()).toBe(0);
		vi.advanceTimersByTime(1000);
		expect(connection.silence()).toBeGreaterThan(0);
	});

	it('is opened again over a new connection', async () => {
		const server = await serve({protocol: 'h2', handler: quiet});
		const relay = await relayTo(server);
		const connection = await connectTo({...server, url: relay.url});
		const {end} = await follow(await connection.request(watch));
		relay.forget();
		vi.advanceTimersByTime(30_000);
		await end;
		await follow(await connection.request(watch));
		expect(server.sessions).toHaveLength(2);
	});
});

describe.each(['http', 'https'] as const)('a silent watch over HTTP/1.1, %s,', (protocol) => {
	it('ends in good order after 25 s, to be opened again', async () => {
		const server = await serve({protocol, handler: quiet});
		const connection = await connectTo(server);
		const response = await connection.request(watch);
		const {end} = await follow(response);
		vi.advanceTimersByTime(24_999);
		expect(await Promise.race([end, Promise.resolve('open')])).toBe('open');
		vi.advanceTimersByTime(1);
		expect(await end).toBe('ended');
		expect(response.silence?.()).toBe(25_000);
	});

	it('that cannot be opened again fails 15 s later: 40 s in all', async () => {
		const server = await serve({protocol, handler: quiet});
		const relay = await relayTo(server);
		const connection = await connectTo({...server, url: relay.url});
		const {end} = await follow(await connection.request(watch));
		relay.blackhole();
		vi.advanceTimersByTime(25_000);
		expect(await end).toBe('ended');
		const failure = failureOf(connection.request(watch));
		await waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0), 1);
		vi.advanceTimersByTime(15_000);
		expect(await failure).toMatchObject({
			name: 'TransportError',
			code: 'ETIMEDOUT',
			silence: expect.any(Number),
		});
	});
});

describe.each(['http', 'https', 'h2'] as const)('a list over %s', (protocol) => {
	it('fails when its body falls silent for 40 s', async () => {
		const server = await serve({protocol, handler: quiet});
		const connection = await connectTo(server);
		const {end} = await follow(await connection.request({path: '/pods'}));
		await pass(40_000, server, connection);
		expect(await end).toMatchObject({phase: 'idle', message: 'no byte for 40 s'});
	});

	it('fails when its answer does not begin within 40 s', async () => {
		const server = await serve({protocol, handler: quiet});
		const connection = await connectTo(server);
		const failure = failureOf(connection.request({path: '/hang'}));
		await waitFor(() => expect(server.requests).toHaveLength(1), 1);
		await pass(40_000, server, connection);
		expect(await failure).toMatchObject({phase: 'idle', message: 'no answer within 40 s'});
	});

	it('may be told another idle timeout, and a watch as well', async () => {
		const server = await serve({protocol, handler: quiet});
		const connection = await connectTo(server);
		for (const query of [undefined, {watch: '1'}]) {
			const {end} = await follow(await connection.request({path: '/pods', query, idleTimeout: 5000}));
			vi.advanceTimersByTime(5000);
			expect(await end).toMatchObject({phase: 'idle', message: 'no byte for 5 s'});
		}
	});

	it('is not called silent while it is the reader that is busy', async () => {
		const server = await serve({protocol, handler: quiet});
		const response = await (await connectTo(server)).request({path: '/pods'});
		const reader = response.body[Symbol.asyncIterator]();
		await reader.next();
		vi.advanceTimersByTime(3_600_000);
		const next = reader.next();
		expect(await Promise.race([next.catch(() => 'failed'), Promise.resolve('waits')])).toBe('waits');
		void next.catch(() => undefined);
	});
});
