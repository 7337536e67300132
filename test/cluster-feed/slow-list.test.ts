import {describe, expect, test} from 'vitest';
import {createMachine, object} from './helpers/machine.ts';

describe('a first list that does not begin', () => {
	test('is said before it is given up, until it begins', () => {
		const machine = createMachine();
		machine.send({type: 'start'});
		machine.send({type: 'slow', milliseconds: 8000});
		expect(machine.changes).toEqual([
			{type: 'state', state: {state: 'connecting', reason: 'the API server has not answered for 8 s'}},
			{type: 'init'},
		]);
		expect(machine.effect).toBeUndefined();
		machine.send({type: 'item', object: object('a', '3')});
		expect(machine.changes).toEqual([
			{type: 'state', state: {state: 'connecting'}},
			{type: 'init'},
			{type: 'init-apply', object: object('a', '3')},
		]);
		machine.send({type: 'item', object: object('b', '3')});
		expect(machine.changes).toHaveLength(1);
	});

	test('keeps the pages that it has when the next one is slow', () => {
		const machine = createMachine();
		machine.send({type: 'start'});
		machine.send({type: 'item', object: object('a', '3')});
		machine.send({type: 'page', resourceVersion: '10', continue: 'token'});
		machine.send({type: 'slow', milliseconds: 8000});
		expect(machine.changes).toEqual([]);
	});

	test('is not said where a whole list is held', () => {
		const machine = createMachine().watchAt('10');
		machine.fail('expired');
		machine.send({type: 'slow', milliseconds: 8000});
		expect(machine.changes).toEqual([]);
	});
});
