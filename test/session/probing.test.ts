import {describe, expect, test} from 'vitest';
import {createProbing} from '../../source/session/probing.ts';
import type {Prober} from '../../source/session/data-source.ts';
import type {ProbeState, Selected} from '../../source/session/state.ts';
import {manualClock} from '../helpers/manual-clock.ts';
import {apiTrace} from '../helpers/shop-traces.ts';

const selected: Selected = {target: 'https://app.example.com/api', trace: apiTrace, changes: {}};

function setUp(checks: readonly string[] = ['GET http://10.244.1.7:8080/']) {
	const states: ProbeState[] = [];
	const said: string[] = [];
	const sent: AbortSignal[] = [];
	const finished = Promise.withResolvers<string>();
	const prober: Prober = {
		plan: () => ({
			plan: {title: 'Test', checks, permissions: []},
			run({signal, onProgress}) {
				sent.push(signal);
				onProgress(1);
				return finished.promise;
			},
		}),
	};
	const probing = createProbing({
		clock: manualClock(0),
		isAllowed: false,
		show: (state) => states.push(state),
		say: (text) => said.push(text),
	});
	return {states, said, sent, finished, prober, probing};
}

describe('a probe', () => {
	test('sends nothing before a yes', async () => {
		const {states, sent, prober, probing, finished} = setUp();
		probing.act({type: 'probe'}, prober, selected);
		expect(states.map(({phase}) => phase)).toEqual(['asking']);
		expect(sent).toEqual([]);
		probing.act({type: 'probe-answer', yes: true}, prober, selected);
		expect(sent).toHaveLength(1);
		finished.resolve('1 check made.');
		await finished.promise;
		await Promise.resolve();
		await Promise.resolve();
		expect(states.at(-1)).toMatchObject({phase: 'done', summary: '1 check made.'});
	});

	test('sends nothing after a no', () => {
		const {states, sent, prober, probing} = setUp();
		probing.act({type: 'probe'}, prober, selected);
		probing.act({type: 'probe-answer', yes: false}, prober, selected);
		probing.act({type: 'probe-answer', yes: true}, prober, selected);
		expect(sent).toEqual([]);
		expect(states.at(-1)).toEqual({phase: 'idle'});
	});

	test('does not ask again where the answer was for the whole session', async () => {
		const {states, sent, prober, probing, finished} = setUp();
		probing.act({type: 'probe'}, prober, selected);
		probing.act({type: 'probe-answer', yes: true, always: true}, prober, selected);
		finished.resolve('done');
		await finished.promise;
		await Promise.resolve();
		await Promise.resolve();
		probing.act({type: 'probe'}, prober, selected);
		expect(sent).toHaveLength(2);
		expect(states.filter(({phase}) => phase === 'asking')).toHaveLength(1);
	});

	test('is stopped by a cancel', () => {
		const {sent, prober, probing} = setUp();
		probing.act({type: 'probe'}, prober, selected);
		probing.act({type: 'probe-answer', yes: true}, prober, selected);
		probing.act({type: 'probe-cancel'}, prober, selected);
		expect(sent[0]?.aborted).toBe(true);
	});

	test('that fails is a result', async () => {
		const {states, prober, probing, finished} = setUp();
		probing.act({type: 'probe'}, prober, selected);
		probing.act({type: 'probe-answer', yes: true}, prober, selected);
		finished.reject(new Error('the pod is gone'));
		await finished.promise.catch(() => {});
		await Promise.resolve();
		await Promise.resolve();
		expect(states.at(-1)).toMatchObject({phase: 'done', summary: 'The test ended early: the pod is gone'});
	});

	test.each<[string, Prober | undefined, Selected | undefined, string]>([
		['without a cluster', undefined, selected, 'Nothing can be tested here: there is no cluster behind it.'],
		['without a path', setUp().prober, undefined, 'There is no path to test yet.'],
		['with nothing to check', setUp([]).prober, selected, 'There is nothing to test on this hop.'],
	])('says why it does nothing %s', (_, prober, path, sentence) => {
		const {said, states, probing} = setUp();
		probing.act({type: 'probe'}, prober, path);
		expect([said, states]).toEqual([[sentence], []]);
	});
});
