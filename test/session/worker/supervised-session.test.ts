import {describe, expect, test, vi} from 'vitest';
import type {SessionAction} from '../../../source/session/session.ts';
import type {FromWorker, ToWorker} from '../../../source/session/worker/messages.ts';
import type {SessionThread, ThreadEnd} from '../../../source/session/worker/watch-thread.ts';
import {blankState} from '../../../source/session/blank-state.ts';
import {superviseSession} from '../../../source/session/worker/supervised-session.ts';
import {freshnessOf} from '../../../source/view/freshness.ts';
import type {SessionState} from '../../../source/session/state.ts';
import {manualClock} from '../../helpers/manual-clock.ts';
import {shop as shopOf} from '../../helpers/shop.ts';

const start = 1_000_000;

/** A thread whose other end a test plays: it answers pings until it is told to hang. */
class FakeThread implements SessionThread {
	readonly actions: SessionAction[] = [];
	readonly #end = Promise.withResolvers<ThreadEnd>();
	readonly ended = this.#end.promise;
	#listeners: ((message: FromWorker) => void)[] = [];
	hangs = false;
	isTerminated = false;
	readonly context: string | undefined;
	constructor(context: string | undefined) {
		this.context = context;
	}

	on(_: 'message', listener: (message: FromWorker) => void): void {
		this.#listeners.push(listener);
	}

	postMessage(message: ToWorker): void {
		if (message.type === 'ping' && !this.hangs) {
			this.say({type: 'pong'});
		} else if (message.type === 'action') {
			this.actions.push(message.action);
		}
	}

	say(message: FromWorker): void {
		this.#listeners.forEach((listener) => listener(message));
	}

	show(state: SessionState): void {
		this.say({type: 'state', state});
	}

	end(reason: string): void {
		this.#end.resolve({reason});
	}

	terminate(): void {
		this.isTerminated = true;
		this.end('ended with exit code 1');
	}
}

/** Every entry was walked. */
const shop = {...shopOf, entries: shopOf.entries.map((row) => ({verdict: 'ok' as const, ...row}))};

const blank: SessionState = {...shop, entries: [], entriesKnown: false, kinds: [], namespace: 'default'};

const opening: SessionState = {
	...blankState({kind: 'live'}, [], start),
	isOpening: true,
	traceOptions: {},
};

function begun() {
	const clock = manualClock(start);
	const threads: FakeThread[] = [];
	const {session, opened} = superviseSession({
		clock,
		lendTerminal: (use) => use(),
		shown: opening,
		start(_, context) {
			threads.push(new FakeThread(context));
			return threads.at(-1)!;
		},
	});
	return {
		opened,
		clock,
		threads,
		session,
		freshness: () => freshnessOf(session.getState()),
		/** The thread that takes the place of the others, once it is there. */
		next: async (count: number, wait: number): Promise<FakeThread> => {
			// The end of a thread is told in a microtask.
			await vi.waitFor(() => {
				clock.advance(wait);
				expect(threads).toHaveLength(count);
			});
			return threads.at(-1)!;
		},
	};
}

async function supervised() {
	const started = begun();
	started.threads[0]!.show(shop);
	await started.opened;
	return started;
}

describe('a watched worker thread', () => {
	test('that answers is left alone', async () => {
		const {clock, threads, freshness} = await supervised();
		clock.advance(3_600_000);
		expect(threads).toHaveLength(1);
		expect(freshness()).toMatchObject({state: 'live'});
	});

	test('that does not answer for a moment is said, with the age of the picture', async () => {
		const {clock, threads, freshness} = await supervised();
		clock.advance(10_000);
		threads[0]!.hangs = true;
		clock.advance(5000);
		expect(freshness()).toMatchObject({
			state: 'stale',
			since: start + 10_000,
			reason: "knet's worker thread does not answer",
		});
		threads[0]!.hangs = false;
		clock.advance(1000);
		expect(freshness()).toMatchObject({state: 'live'});
		expect(threads).toHaveLength(1);
	});

	test('that hangs is ended, and another goes on where it was', async () => {
		const {clock, threads, session, freshness, next} = await supervised();
		session.dispatch({type: 'select', target: 'svc/api', namespace: 'shop'});
		session.dispatch({type: 'probe-answer', yes: true, always: true});
		threads[0]!.show({...shop, traceOptions: {request: {method: 'POST'}}});
		threads[0]!.hangs = true;
		clock.advance(22_000);
		expect(threads[0]!.isTerminated).toBe(true);
		expect(freshness()).toMatchObject({
			state: 'stale',
			since: start,
			reason: "knet's worker thread did not answer for 20 s; starting another",
		});
		const second = await next(2, 500);
		second.show({...blank, traceOptions: {}});
		await vi.waitFor(() =>
			expect(second.actions).toEqual([
				{type: 'namespace', namespace: 'shop'},
				{type: 'ask', traceOptions: {request: {method: 'POST'}}},
				{type: 'probe-allow'},
				{type: 'select', target: 'svc/api', namespace: 'shop'},
			]),
		);
		expect(session.getState().entries).toEqual(shop.entries);
		expect(freshness()).toMatchObject({
			state: 'stale',
			since: start,
			reason: "knet's worker thread was restarted and catches up",
		});
		second.show(shop);
		expect(freshness()).toMatchObject({state: 'live'});
		expect(session.getState()).toEqual(shop);
	});

	test.each(['ran out of memory', 'ended with exit code 0'])('that %s is replaced', async (reason) => {
		const {threads, freshness, next} = await supervised();
		threads[0]!.end(reason);
		await vi.waitFor(() =>
			expect(freshness()).toMatchObject({
				state: 'stale',
				reason: `knet's worker thread ${reason}; starting another`,
			}),
		);
		(await next(2, 500)).show(shop);
		await vi.waitFor(() => expect(freshness()).toMatchObject({state: 'live'}));
	});

	test('that opened another context is replaced in that context', async () => {
		const {threads, session, next} = await supervised();
		session.dispatch({type: 'context', context: 'staging'});
		threads[0]!.show({...shop, source: {kind: 'live', context: 'staging'}, namespace: 'team'});
		threads[0]!.end('ran out of memory');
		const second = await next(2, 500);
		expect(second.context).toBe('staging');
	});

	test('that cannot connect when it is restarted says why', async () => {
		const {threads, freshness, next} = await supervised();
		threads[0]!.end('ran out of memory');
		const second = await next(2, 500);
		second.show({
			...blank,
			kinds: [{kind: 'Service', state: {state: 'connecting', reason: 'nothing listens there'}, count: 0}],
		});
		await vi.waitFor(() =>
			expect(freshness()).toMatchObject({
				state: 'stale',
				reason: "knet's worker thread was restarted and cannot connect yet: nothing listens there",
			}),
		);
	});

	test('is restarted a few times only, more and more slowly; the picture stays, and another place is tried', async () => {
		const {clock, threads, session, freshness, next} = await supervised();
		for (const [index, wait] of [500, 2000, 8000, 30_000, 60_000].entries()) {
			threads.at(-1)!.end('ran out of memory');
			await vi.waitFor(() => expect(freshness()).toMatchObject({state: 'stale'}));
			clock.advance(wait / 2);
			expect(threads).toHaveLength(index + 1);
			await next(index + 2, wait / 2);
		}

		threads.at(-1)!.end('ran out of memory');
		await vi.waitFor(() =>
			expect(freshness()).toMatchObject({
				reason: "knet's worker thread ran out of memory, 6 times: this picture stays. n or x looks elsewhere",
			}),
		);
		clock.advance(3_600_000);
		expect(threads).toHaveLength(6);
		expect(session.getState().entries).toEqual(shop.entries);
		session.dispatch({type: 'namespace', namespace: 'quiet'});
		expect(session.getState()).toMatchObject({namespace: 'quiet', entries: [], entriesKnown: false});
		expect(threads).toHaveLength(7);
		threads.at(-1)!.show(blank);
		await vi.waitFor(() =>
			expect(threads.at(-1)!.actions).toEqual([{type: 'namespace', namespace: 'quiet'}]),
		);
	});
});

describe('a first thread', () => {
	test('that has no session yet leaves the screen as it is, and is then told what was asked for', async () => {
		const {clock, threads, session, opened} = begun();
		expect(session.getState()).toBe(opening);
		session.dispatch({type: 'select', target: 'svc/api', namespace: 'shop'});
		session.dispatch({type: 'namespace', namespace: 'team'});
		expect(threads[0]!.actions).toEqual([]);
		threads[0]!.hangs = true;
		clock.advance(60_000);
		expect(session.getState()).toBe(opening);
		threads[0]!.show({...shop, traceOptions: {request: {method: 'POST'}}});
		await opened;
		expect(threads[0]!.actions).toEqual([
			{type: 'namespace', namespace: 'team'},
			{type: 'select', target: 'svc/api', namespace: 'shop'},
		]);
		expect(session.getState().entries).toEqual(shop.entries);
	});

	test('that is told nothing keeps its namespace', async () => {
		const {threads, opened} = begun();
		threads[0]!.show(shop);
		await opened;
		expect(threads[0]!.actions).toEqual([]);
	});

	test('that ends before it has a session gives none, and is not replaced', async () => {
		const {clock, threads, opened} = begun();
		threads[0]!.end('ran out of memory');
		await expect(opened).rejects.toThrow('the worker thread ran out of memory');
		clock.advance(60_000);
		expect(threads).toHaveLength(1);
	});
});
