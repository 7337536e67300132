import {expect, test} from 'vitest';
import {createScheduler} from '../../source/session/scheduler.ts';
import {manualClock} from '../helpers/manual-clock.ts';

function schedulerOver(units: {left: number; cost: number; flushCost?: number; isOpening?: boolean}) {
	const base = manualClock(0);
	let spent = 0;
	const slices: number[] = [];
	let inSlice = 0;
	const flushes: number[] = [];
	// Time passes while work is done, and timers are due by that time, too.
	const clock = {
		...base,
		elapsed: () => base.elapsed() + spent,
		after: (milliseconds: number, callback: () => void) =>
			base.after(milliseconds, () => {
				inSlice = 0;
				callback();
				slices.push(inSlice);
			}),
	};
	const scheduler = createScheduler({
		clock,
		work() {
			if (units.left === 0) {
				return false;
			}

			units.left--;
			inSlice++;
			spent += units.cost;
			return true;
		},
		flush() {
			flushes.push(units.left);
			spent += units.flushCost ?? 0;
		},
		isOpening: () => units.isOpening ?? false,
	});
	return {scheduler, base, slices, flushes};
}

test('does what there is to do, and says so once', () => {
	const units = {left: 3, cost: 0};
	const {scheduler, base, flushes} = schedulerOver(units);
	scheduler.ask();
	scheduler.ask();
	base.settle();
	expect(flushes).toEqual([0]);
});

test('leaves the thread to others every eight milliseconds', () => {
	const {scheduler, base, slices} = schedulerOver({left: 10, cost: 4});
	scheduler.ask();
	base.settle();
	expect(slices.slice(0, 5)).toEqual([2, 2, 2, 2, 2]);
});

test('shows long work as it goes on', () => {
	const {scheduler, base, flushes} = schedulerOver({left: 100, cost: 4});
	scheduler.ask();
	base.settle();
	expect(flushes.length).toBeGreaterThan(3);
	expect(flushes.length).toBeLessThan(7);
	expect(flushes.at(-1)).toBe(0);
});

test('shows work of a few slices once, as a whole', () => {
	const {scheduler, base, flushes} = schedulerOver({left: 9, cost: 4});
	scheduler.ask();
	base.settle();
	expect(flushes).toEqual([0]);
});

test('works at most ten times a second, however often it is asked', () => {
	const units = {left: 0, cost: 0};
	const {scheduler, base, flushes} = schedulerOver(units);
	for (let event = 0; event < 1000; event++) {
		scheduler.ask();
		base.advance(1);
	}

	expect(flushes.length).toBeGreaterThanOrEqual(9);
	expect(flushes.length).toBeLessThanOrEqual(11);
});

test('looks fifty times a second while nothing can be shown yet', () => {
	const units = {left: 0, cost: 0, isOpening: true};
	const {scheduler, base, flushes} = schedulerOver(units);
	for (let event = 0; event < 100; event++) {
		scheduler.ask();
		base.advance(1);
	}

	expect(flushes.length).toBeGreaterThanOrEqual(5);
	expect(flushes.length).toBeLessThanOrEqual(6);
	units.isOpening = false;
	for (let event = 0; event < 100; event++) {
		scheduler.ask();
		base.advance(1);
	}

	expect(flushes.length).toBeLessThanOrEqual(8);
});

test('gives a slow flush at most a quarter of the time', () => {
	const {scheduler, base, flushes} = schedulerOver({left: 1000, cost: 4, flushCost: 400});
	scheduler.ask();
	base.settle();
	// 4 s of work: flushes of 400 ms with 1,200 ms of work between them, one more at first, and the last.
	expect(flushes.length).toBeGreaterThanOrEqual(4);
	expect(flushes.length).toBeLessThanOrEqual(6);
	expect(flushes.at(-1)).toBe(0);
});

test('events wait for the rest after slow flushes, not after a single one', () => {
	const {scheduler, base, flushes} = schedulerOver({left: 0, cost: 0, flushCost: 400});
	scheduler.ask();
	base.settle();
	scheduler.ask();
	base.settle();
	expect(flushes).toHaveLength(2);
	scheduler.ask();
	base.advance(1190);
	expect(flushes).toHaveLength(2);
	base.advance(20);
	expect(flushes).toHaveLength(3);
});

test('who waits for a result does not wait for that rest', () => {
	const {scheduler, base, flushes} = schedulerOver({left: 0, cost: 0, flushCost: 400});
	for (let count = 0; count < 2; count++) {
		scheduler.ask();
		base.settle();
	}

	scheduler.ask();
	scheduler.hurry();
	base.settle();
	expect(flushes).toHaveLength(3);
});

test('a result that somebody waits for is shown before all work is done', () => {
	const units = {left: 0, cost: 4, flushCost: 400};
	const {scheduler, base, flushes} = schedulerOver(units);
	for (let count = 0; count < 2; count++) {
		scheduler.ask();
		base.settle();
	}

	units.left = 250;
	scheduler.hurry();
	base.settle();
	expect(flushes.slice(2)).toEqual([248, 0]);
});

test('does nothing more once it is stopped', () => {
	const {scheduler, base, flushes} = schedulerOver({left: 1, cost: 0});
	scheduler.ask();
	scheduler.stop();
	base.settle();
	expect(flushes).toEqual([]);
});
