import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {systemClock, timeoutSignal} from '../source/clock.ts';

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

/** When a wait is over, in milliseconds; undefined when it is not within 100 days. */
function overAfter(milliseconds: number): number | undefined {
	let called: number | undefined;
	const start = Date.now();
	systemClock.after(milliseconds, () => {
		called = Date.now() - start;
	});
	vi.advanceTimersByTime(100 * 24 * 3_600_000);
	return called;
}

test.each([0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 + 5])('a wait of %d ms takes as long', (milliseconds) => {
	expect(overAfter(milliseconds)).toBe(milliseconds);
});

test('an endless wait is never over', () => {
	expect(overAfter(Infinity)).toBeUndefined();
});

test('a long wait can be taken back after a part of it', () => {
	let isOver = false;
	const cancel = systemClock.after(2 ** 32, () => {
		isOver = true;
	});
	vi.advanceTimersByTime(2 ** 31 + 10);
	cancel();
	vi.advanceTimersByTime(2 ** 32);
	expect(isOver).toBe(false);
});

test('a signal has no limit at 0 and Infinity, and a long one is not over at once', async () => {
	vi.useRealTimers();
	expect(timeoutSignal(0)).toBeUndefined();
	expect(timeoutSignal(Infinity)).toBeUndefined();
	const long = timeoutSignal(2 ** 31);
	await new Promise((resolve) => {
		setTimeout(resolve, 20);
	});
	expect(long?.aborted).toBe(false);
});
