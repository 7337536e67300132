import {describe, expect, test} from 'vitest';
import {createMachine} from './helpers/machine.ts';

describe('waits', () => {
	const waits = (random: number, count: number) => {
		const machine = createMachine({random});
		machine.send({type: 'start'});
		return Array.from({length: count}, () => {
			machine.fail('server');
			const {effect} = machine;
			machine.wake();
			return effect?.type === 'wait' ? effect.ms : undefined;
		});
	};

	test('double from 800 ms to 30 s', () => {
		expect(waits(0, 8)).toEqual([800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
	});

	test('are longer by up to the whole, at random', () => {
		expect(waits(0.5, 7)).toEqual([1200, 2400, 4800, 9600, 19_200, 38_400, 45_000]);
	});

	test('start anew after two minutes without one', () => {
		const machine = createMachine().watchAt('10');
		machine.fail('server');
		machine.wake();
		machine.now += 119_000;
		machine.fail('server');
		expect(machine.effect).toEqual({type: 'wait', ms: 1600});
		machine.wake();
		machine.now += 120_001;
		machine.fail('server');
		expect(machine.effect).toEqual({type: 'wait', ms: 800});
	});

	test('for the network end when the server was reached by another', () => {
		const machine = createMachine().watchAt('10');
		machine.fail('unreachable');
		machine.send({type: 'nudge'});
		expect(machine.effect).toMatchObject({type: 'watch', resourceVersion: '10'});
	});

	test.each([300, 99_999_999, Infinity])(
		'that the server asks for are five minutes at most: %d s',
		(retryAfter) => {
			const machine = createMachine().watchAt('10');
			machine.fail('throttled', {retryAfter});
			expect(machine.effect).toEqual({type: 'wait', ms: 300_000});
		},
	);

	test('that the server asked for are not cut short', () => {
		const machine = createMachine().watchAt('10');
		machine.fail('throttled', {retryAfter: 5});
		machine.send({type: 'nudge'});
		expect(machine.effect).toBeUndefined();
	});
});
