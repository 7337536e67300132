import {describe, expect, test} from 'vitest';
import {createMachine, object} from './helpers/machine.ts';

describe('a WatchList', () => {
	const streaming = () => {
		const machine = createMachine({watchList: true});
		machine.send({type: 'start'});
		machine.send({type: 'opened'});
		return machine;
	};

	test('brings the initial state as events and goes on as the watch', () => {
		const machine = createMachine({watchList: true});
		machine.send({type: 'start'});
		expect(machine.effect).toEqual({
			type: 'watch',
			resourceVersion: '',
			timeoutSeconds: 300,
			withInitialEvents: true,
		});
		machine.send({type: 'opened'});
		machine.send({type: 'applied', object: object('a', '3')});
		expect(machine.changes).toEqual([{type: 'init-apply', object: object('a', '3')}]);
		machine.send({type: 'deleted', object: object('a', '4')});
		expect(machine.changes).toEqual([{type: 'init-delete', object: object('a', '4')}]);
		machine.send({type: 'bookmark', resourceVersion: '10', isEndOfInitial: true});
		expect(machine.changes).toEqual([{type: 'init-done'}, {type: 'state', state: {state: 'synced'}}]);
		expect(machine.effect).toBeUndefined();
		machine.send({type: 'applied', object: object('b', '11')});
		expect(machine.changes).toEqual([{type: 'apply', object: object('b', '11')}]);
	});

	test('is not ended by an ordinary bookmark, and its objects do not move the version', () => {
		const machine = streaming();
		machine.send({type: 'applied', object: object('a', '99')});
		machine.send({type: 'bookmark', resourceVersion: '98', isEndOfInitial: false});
		expect(machine.state).toMatchObject({resourceVersion: '', isFilled: false});
	});

	test.each(['rejected', 'silent'] as const)('that is %s gives way to a list, for good', (type) => {
		const machine = streaming();
		machine.fail(type);
		expect(machine.effect).toEqual({type: 'list', resourceVersion: '', limit: 500, continue: ''});
		machine.send({type: 'page', resourceVersion: '10', continue: ''});
		machine.fail('expired');
		expect(machine.effect).toMatchObject({type: 'list'});
	});

	test.each(['server', 'broken'] as const)('that is %s waits and lists, and is tried again later', (type) => {
		const machine = streaming();
		machine.fail(type);
		machine.wake();
		expect(machine.effect).toMatchObject({type: 'list'});
		machine.send({type: 'page', resourceVersion: '10', continue: ''});
		machine.fail('expired');
		expect(machine.effect).toMatchObject({type: 'watch', withInitialEvents: true, resourceVersion: '10'});
	});

	test('that ends before its bookmark leaves no trace', () => {
		const machine = streaming();
		machine.send({type: 'applied', object: object('a', '3')});
		machine.now += 5000;
		machine.send({type: 'ended'});
		machine.wake();
		expect(machine.effect).toMatchObject({type: 'list', resourceVersion: ''});
		expect(machine.changes).toContainEqual({type: 'init'});
	});

	test.each(['throttled', 'unreachable'] as const)('that is %s is tried again', (type) => {
		const machine = streaming();
		machine.fail(type);
		machine.wake();
		expect(machine.effect).toMatchObject({type: 'watch', withInitialEvents: true});
	});

	test.each(['expired', 'too-large'] as const)('from a version that is %s reads the latest', (type) => {
		const machine = streaming();
		machine.send({type: 'bookmark', resourceVersion: '10', isEndOfInitial: true});
		machine.fail('expired');
		expect(machine.effect).toMatchObject({resourceVersion: '10'});
		machine.fail(type);
		expect(machine.effect).toMatchObject({type: 'watch', withInitialEvents: true, resourceVersion: ''});
	});
});
