import {describe, expect, test} from 'vitest';
import {createMachine, object, wallAtZero} from './helpers/machine.ts';

// Row by row what client-go's reflector does (tools/cache/reflector.go), and what knet does where it goes further.

describe('a first list', () => {
	test('is made in pages of 500 and leaves resourceVersion unset', () => {
		const machine = createMachine();
		machine.send({type: 'start'});
		expect(machine.effect).toEqual({type: 'list', resourceVersion: '', limit: 500, continue: ''});
		expect(machine.changes).toEqual([{type: 'state', state: {state: 'connecting'}}, {type: 'init'}]);
	});

	test('follows continue tokens and is told as whole on the last page only', () => {
		const machine = createMachine();
		machine.send({type: 'start'});
		machine.send({type: 'item', object: object('a', '3')});
		expect(machine.changes).toEqual([{type: 'init-apply', object: object('a', '3')}]);
		machine.send({type: 'page', resourceVersion: '10', continue: 'token'});
		expect(machine.effect).toEqual({type: 'list', resourceVersion: '', limit: 500, continue: 'token'});
		expect(machine.changes).toEqual([]);
		machine.send({type: 'page', resourceVersion: '10', continue: ''});
		expect(machine.changes).toEqual([{type: 'init-done'}, {type: 'state', state: {state: 'synced'}}]);
		expect(machine.effect).toMatchObject({type: 'watch', resourceVersion: '10', withInitialEvents: false});
	});

	test('that leaves out objects for their size says which, until an event brings or deletes them', () => {
		const left = (name: string) => ({namespace: 'shop', name, bytes: 20_000_000});
		const machine = createMachine();
		machine.send({type: 'start'});
		machine.send({type: 'page', resourceVersion: '10', continue: 'token', omitted: [left('a')]});
		machine.send({type: 'page', resourceVersion: '10', continue: '', omitted: [left('b')]});
		expect(machine.changes.at(-1)).toEqual({
			type: 'state',
			state: {state: 'synced', omitted: [left('a'), left('b')]},
		});
		machine.send({type: 'opened'});
		machine.send({type: 'applied', object: object('a', '11')});
		expect(machine.changes.at(-1)).toEqual({type: 'state', state: {state: 'synced', omitted: [left('b')]}});
		machine.fail('server');
		expect(machine.changes.at(-1)).toMatchObject({state: {state: 'stale', omitted: [left('b')]}});
		machine.wake();
		machine.send({type: 'opened'});
		machine.send({type: 'deleted', object: object('b', '12')});
		expect(machine.changes.at(-1)).toEqual({type: 'state', state: {state: 'synced'}});
	});

	test('that fails says why, and nothing counts as known', () => {
		const machine = createMachine();
		machine.send({type: 'start'});
		machine.fail('server');
		expect(machine.changes).toEqual([{type: 'state', state: {state: 'connecting', reason: 'It is server.'}}]);
		expect(machine.effect).toEqual({type: 'wait', ms: 800});
		machine.wake();
		expect(machine.effect).toEqual({type: 'list', resourceVersion: '', limit: 500, continue: ''});
	});

	test('without a resourceVersion is no list', () => {
		const machine = createMachine();
		machine.send({type: 'start'});
		machine.send({type: 'page', resourceVersion: '', continue: ''});
		expect(machine.state.isFilled).toBe(false);
		expect(machine.effect).toEqual({type: 'wait', ms: 800});
	});

	test('whose continue token expired starts again at once and whole, the third time after a wait', () => {
		const machine = createMachine();
		machine.send({type: 'start'});
		machine.send({type: 'page', resourceVersion: '10', continue: 'token'});
		machine.fail('expired');
		expect(machine.effect).toEqual({type: 'list', resourceVersion: '', limit: 0, continue: ''});
		machine.fail('expired');
		machine.fail('expired');
		expect(machine.effect).toEqual({type: 'wait', ms: 800});
	});
});

describe('a watch', () => {
	test('is ended by the server after 5 to 10 minutes', () => {
		const timeouts = [0, 0.5, 0.999].map((random) => {
			const machine = createMachine({random});
			machine.send({type: 'start'});
			machine.send({type: 'page', resourceVersion: '10', continue: ''});
			return machine.effect?.type === 'watch' && machine.effect.timeoutSeconds;
		});
		expect(timeouts).toEqual([300, 450, 599]);
	});

	test('tells changes and remembers the version of the last', () => {
		const machine = createMachine().watchAt('10');
		machine.send({type: 'applied', object: object('a', '11')});
		expect(machine.changes).toEqual([{type: 'apply', object: object('a', '11')}]);
		machine.send({type: 'deleted', object: object('a', '12')});
		expect(machine.changes).toEqual([{type: 'delete', object: object('a', '12')}]);
		expect(machine.state.resourceVersion).toBe('12');
	});

	test('takes nothing but the version from a bookmark', () => {
		const machine = createMachine().watchAt('10');
		machine.send({type: 'bookmark', resourceVersion: '40', isEndOfInitial: false});
		expect(machine.changes).toEqual([]);
		machine.now += 60_000;
		machine.send({type: 'ended'});
		expect(machine.effect).toMatchObject({type: 'watch', resourceVersion: '40'});
	});

	test('that ends in good order goes on from the last version, at once and without a word', () => {
		const machine = createMachine().watchAt('10');
		machine.now += 300_000;
		machine.send({type: 'ended'});
		expect(machine.effect).toMatchObject({type: 'watch', resourceVersion: '10'});
		expect(machine.changes).toEqual([]);
	});

	test('that ends within a second waits, whether it brought something or not', () => {
		const machine = createMachine().watchAt('10');
		machine.now += 999;
		machine.send({type: 'applied', object: object('a', '11')});
		machine.send({type: 'ended'});
		expect(machine.effect).toEqual({type: 'wait', ms: 800});
		machine.wake();
		expect(machine.effect).toMatchObject({type: 'watch', resourceVersion: '11'});
		machine.send({type: 'opened'});
		machine.send({type: 'ended'});
		expect(machine.effect).toEqual({type: 'wait', ms: 1600});
	});

	test('that is gone (410) lists from the last version without a limit, then the latest, then waits', () => {
		const machine = createMachine().watchAt('10');
		machine.fail('expired');
		expect(machine.effect).toEqual({type: 'list', resourceVersion: '10', limit: 0, continue: ''});
		machine.fail('expired');
		expect(machine.effect).toEqual({type: 'list', resourceVersion: '', limit: 500, continue: ''});
		machine.fail('expired');
		expect(machine.effect).toEqual({type: 'wait', ms: 800});
	});

	test('passes over what is older than its version: a replay, of an object that may be gone', () => {
		const machine = createMachine().watchAt('10');
		machine.send({type: 'applied', object: object('a', '9')});
		expect(machine.changes).toEqual([]);
		expect(machine.state.resourceVersion).toBe('10');
		machine.send({type: 'bookmark', resourceVersion: '9', isEndOfInitial: false});
		expect(machine.state.resourceVersion).toBe('10');
	});

	test('does not judge by versions that are no numbers', () => {
		const machine = createMachine().watchAt('z-10');
		machine.send({type: 'applied', object: object('a', 'a-9')});
		expect(machine.changes).toEqual([{type: 'apply', object: object('a', 'a-9')}]);
	});

	test('is stale from the first failure on, and synced when the server takes it again', () => {
		const machine = createMachine().watchAt('10');
		machine.now = 5000;
		machine.fail('unreachable');
		const since = wallAtZero + 5000;
		expect(machine.changes).toEqual([
			{type: 'state', state: {state: 'stale', since, reason: 'It is unreachable.'}},
		]);
		machine.wake();
		machine.fail('server');
		expect(machine.changes).toEqual([
			{type: 'state', state: {state: 'stale', since, reason: 'It is server.'}},
		]);
		machine.wake();
		machine.send({type: 'opened'});
		expect(machine.changes).toEqual([{type: 'state', state: {state: 'synced'}}]);
	});

	test('that was throttled (429) waits exactly as long as the server says and lists nothing', () => {
		const machine = createMachine({random: 0.7}).watchAt('10');
		machine.fail('throttled', {retryAfter: 7});
		expect(machine.effect).toEqual({type: 'wait', ms: 7000});
		machine.wake();
		expect(machine.effect).toMatchObject({type: 'watch', resourceVersion: '10'});
	});

	test('heeds Retry-After ten times, then waits on its own account', () => {
		const machine = createMachine().watchAt('10');
		for (let count = 0; count < 10; count++) {
			machine.fail('throttled', {retryAfter: 1});
			expect(machine.effect).toEqual({type: 'wait', ms: 1000});
			machine.wake();
		}

		machine.fail('throttled', {retryAfter: 1});
		expect(machine.effect).toEqual({type: 'wait', ms: 800});
	});

	test('that cannot connect tries again soon, then less often, and lists nothing', () => {
		const machine = createMachine().watchAt('10');
		const waits = Array.from({length: 6}, () => {
			machine.fail('unreachable');
			const {effect} = machine;
			machine.wake();
			expect(machine.effect).toMatchObject({type: 'watch', resourceVersion: '10'});
			return effect?.type === 'wait' && effect.ms;
		});
		expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000]);
	});

	test('that was cut after a while is resumed at once', () => {
		const machine = createMachine().watchAt('10');
		machine.now += 60_000;
		machine.fail('broken');
		expect(machine.effect).toMatchObject({type: 'watch', resourceVersion: '10'});
		machine.fail('broken');
		expect(machine.effect).toEqual({type: 'wait', ms: 800});
	});

	test('that fails three times without an event is resumed, the fourth time listed', () => {
		const machine = createMachine().watchAt('10');
		for (let count = 0; count < 3; count++) {
			machine.fail('server');
			machine.wake();
			expect(machine.effect).toMatchObject({type: 'watch', resourceVersion: '10'});
		}

		machine.fail('server');
		machine.wake();
		expect(machine.effect).toEqual({type: 'list', resourceVersion: '10', limit: 0, continue: ''});
	});

	test('at a version that a replica does not know yet waits as told and stays at that version', () => {
		const machine = createMachine().watchAt('10');
		machine.fail('too-large', {retryAfter: 1});
		expect(machine.effect).toEqual({type: 'wait', ms: 1000});
		machine.wake();
		expect(machine.effect).toMatchObject({type: 'watch', resourceVersion: '10'});
	});
});

describe('a later list', () => {
	const relisting = () => {
		const machine = createMachine().watchAt('10');
		machine.fail('expired');
		return machine;
	};

	test('at a version that a replica does not know yet reads the latest at once', () => {
		const machine = relisting();
		machine.fail('too-large', {retryAfter: 1});
		expect(machine.effect).toEqual({type: 'list', resourceVersion: '', limit: 500, continue: ''});
	});

	test('comes at most once a backoff step in a storm of 410', () => {
		const machine = relisting();
		machine.fail('expired');
		for (let count = 0; count < 50; count++) {
			machine.fail('expired');
			expect(machine.effect).toMatchObject({type: 'wait'});
			machine.wake();
			expect(machine.effect).toMatchObject({type: 'list'});
		}
	});

	test('also where each list goes well and each watch is gone', () => {
		const machine = createMachine().watchAt('10');
		for (let count = 0; count < 52; count++) {
			machine.fail('expired');
			if (count < 2) {
				expect(machine.effect).toMatchObject({type: 'list'});
				machine.send({type: 'page', resourceVersion: '10', continue: ''});
				continue;
			}

			expect(machine.effect).toMatchObject({type: 'wait'});
			machine.wake();
			expect(machine.effect).toMatchObject({type: 'list'});
			machine.send({type: 'page', resourceVersion: '10', continue: ''});
			machine.send({type: 'opened'});
		}
	});

	test('that is forbidden three times lets go what was held', () => {
		const machine = relisting();
		machine.fail('forbidden');
		expect(machine.changes).toMatchObject([
			{type: 'state', state: {state: 'stale', reason: 'It is forbidden.'}},
		]);
		machine.wake();
		machine.fail('forbidden');
		machine.wake();
		machine.fail('forbidden');
		expect(machine.changes).toEqual([
			{
				type: 'state',
				state: {state: 'forbidden', resource: 'pods', group: '', reason: 'It is forbidden.'},
			},
		]);
		machine.wake();
		expect(machine.effect).toEqual({type: 'list', resourceVersion: '', limit: 500, continue: ''});
	});
});

describe('a kind', () => {
	test('that may not be listed is forbidden at once, and asked for again', () => {
		const machine = createMachine();
		machine.send({type: 'start'});
		machine.fail('forbidden');
		expect(machine.changes).toEqual([
			{
				type: 'state',
				state: {state: 'forbidden', resource: 'pods', group: '', reason: 'It is forbidden.'},
			},
		]);
		expect(machine.effect).toEqual({type: 'wait', ms: 800});
	});

	test('that is not installed is absent, and looked for once a minute', () => {
		const machine = createMachine();
		machine.send({type: 'start'});
		for (let count = 0; count < 3; count++) {
			machine.fail('absent');
			expect(machine.state.published).toEqual({state: 'absent', why: 'not-installed'});
			expect(machine.effect).toEqual({type: 'wait', ms: 60_000});
			machine.wake();
			expect(machine.effect).toMatchObject({type: 'list'});
		}

		machine.send({type: 'page', resourceVersion: '10', continue: ''});
		expect(machine.state.published).toEqual({state: 'synced'});
	});
});

test('what does not belong to the phase is ignored', () => {
	const machine = createMachine().watchAt('10');
	const before = machine.state;
	machine.send({type: 'start'});
	machine.send({type: 'item', object: object('a', '3')});
	machine.send({type: 'page', resourceVersion: '99', continue: ''});
	machine.send({type: 'timer'});
	machine.send({type: 'nudge'});
	expect(machine.state).toEqual(before);
});

describe('the age of what is held', () => {
	test('counts from the last byte when silence broke the watch', () => {
		const machine = createMachine().watchAt('10');
		machine.now = 60_000;
		machine.fail('silent', {silence: 28_000});
		expect(machine.changes).toMatchObject([
			{type: 'state', state: {state: 'stale', since: wallAtZero + 32_000}},
		]);
	});

	test('counts from the last byte when a silent watch ended and the next one did not begin', () => {
		const machine = createMachine().watchAt('10');
		machine.now = 60_000;
		machine.send({type: 'ended', silence: 25_000});
		machine.now = 75_000;
		machine.fail('silent', {silence: 15_000});
		expect(machine.changes).toMatchObject([
			{type: 'state', state: {state: 'stale', since: wallAtZero + 35_000}},
		]);
	});

	test('counts from the failure when a quiet watch was opened again before', () => {
		const machine = createMachine().watchAt('10');
		machine.now = 60_000;
		machine.send({type: 'ended', silence: 25_000});
		machine.send({type: 'opened'});
		machine.now = 80_000;
		machine.fail('broken');
		machine.fail('broken');
		machine.fail('unreachable');
		expect(machine.state.published).toMatchObject({state: 'stale', since: wallAtZero + 80_000});
	});
});
