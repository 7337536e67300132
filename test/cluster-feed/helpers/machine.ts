import type {Meta} from '../../../source/model/meta.ts';
import type {Failure} from '../../../source/cluster/reflector/failure.ts';
import {initialState, step} from '../../../source/cluster/reflector/step.ts';
import type {Change, Effect, Input, ReflectorState} from '../../../source/cluster/reflector/types.ts';

export const wallAtZero = 1_700_000_000_000;

/** Steps through inputs, with a clock and a die that the test sets. */
export function createMachine({watchList = false, random = 0} = {}) {
	let state: ReflectorState = initialState({resource: 'pods', group: ''}, watchList);
	const machine = {
		now: 0,
		random,
		effect: undefined as Effect | undefined,
		changes: [] as readonly Change[],
		get state() {
			return state;
		},
		send(input: Input) {
			const result = step(state, input, {
				elapsed: machine.now,
				now: wallAtZero + machine.now,
				random: machine.random,
			});
			state = result.state;
			machine.effect = result.effect;
			machine.changes = result.changes;
			return result;
		},
		fail(type: Failure['type'], details: Partial<Failure> = {}) {
			return machine.send({type: 'failed', failure: {type, message: `It is ${type}.`, ...details}});
		},
		/** Lets the wait pass. */
		wake() {
			if (machine.effect?.type === 'wait') {
				machine.now += machine.effect.ms;
			}

			return machine.send({type: 'timer'});
		},
		/** Up to an open watch at `resourceVersion`. */
		watchAt(resourceVersion: string) {
			machine.send({type: 'start'});
			machine.send({type: 'page', resourceVersion, continue: ''});
			machine.send({type: 'opened'});
			return machine;
		},
	};
	return machine;
}

export function object(name: string, resourceVersion: string, uid = `uid-of-${name}`): Meta {
	return {namespace: 'shop', name, uid, resourceVersion, generation: 0, labels: {}, annotations: {}};
}
