import {describe, expect, test} from 'vitest';
import {createProbing} from '../../../source/session/probes/probing.ts';
import type {Prober} from '../../../source/session/data-source.ts';
import type {Evidence} from '../../../source/model/evidence.ts';
import type {Selected} from '../../../source/session/state.ts';
import type {ProbeState, ProbeTurn} from '../../../source/session/probes/probe-state.ts';
import {manualClock} from '../../helpers/manual-clock.ts';
import {apiTrace} from '../../helpers/shop-traces.ts';

const selected: Selected = {target: 'https://app.example.com/api', trace: apiTrace, changes: {}};

const answered503: Evidence = {
	type: 'http',
	at: 0,
	vantage: {type: 'machine'},
	subject: {address: '10.244.1.7', port: 8080, scheme: 'http', host: 'app', urlPath: '/'},
	result: {status: 503},
	of: {},
};

type Here = {readonly prober?: Prober | undefined; readonly selected?: Selected | undefined};

function setUp(checks: readonly string[] = ['GET http://10.244.1.7:8080/'], here: Here = {}) {
	const states: ProbeState[] = [];
	const said: string[] = [];
	const sent: AbortSignal[] = [];
	const finished = Promise.withResolvers<string>();
	const prober: Prober = {
		testable: () => [],
		plan: () => ({
			plan: {title: 'Test', checks, permissions: []},
			run({signal, onProgress, onResult}) {
				sent.push(signal);
				onProgress(1);
				onResult?.(answered503);
				return finished.promise;
			},
		}),
	};
	const shownTurns: (readonly ProbeTurn[] | undefined)[] = [];
	const clock = manualClock(0);
	const probing = createProbing({
		clock,
		isAllowed: false,
		here: () => ({
			prober: 'prober' in here ? here.prober : prober,
			selected: 'selected' in here ? here.selected : selected,
		}),
		show: (state) => states.push(state),
		showTurns: (turns) => shownTurns.push(turns),
		say: (text) => said.push(text),
	});
	return {states, said, sent, finished, probing, shownTurns, clock};
}

describe('a probe', () => {
	test('sends nothing before a yes', async () => {
		const {states, sent, probing, finished} = setUp();
		probing.act({type: 'probe'});
		expect(states.map(({phase}) => phase)).toEqual(['asking']);
		expect(sent).toEqual([]);
		probing.act({type: 'probe-answer', yes: true});
		expect(sent).toHaveLength(1);
		finished.resolve('1 check made.');
		await finished.promise;
		await Promise.resolve();
		await Promise.resolve();
		expect(states.at(-1)).toMatchObject({phase: 'done', summary: '1 check made.'});
	});

	test('sends nothing after a no', () => {
		const {states, sent, probing} = setUp();
		probing.act({type: 'probe'});
		probing.act({type: 'probe-answer', yes: false});
		probing.act({type: 'probe-answer', yes: true});
		expect(sent).toEqual([]);
		expect(states.at(-1)).toEqual({phase: 'idle'});
	});

	test('does not ask again where the answer was for the whole session', async () => {
		const {states, sent, probing, finished} = setUp();
		probing.act({type: 'probe'});
		probing.act({type: 'probe-answer', yes: true, always: true});
		finished.resolve('done');
		await finished.promise;
		await Promise.resolve();
		await Promise.resolve();
		probing.act({type: 'probe'});
		expect(sent).toHaveLength(2);
		expect(states.filter(({phase}) => phase === 'asking')).toHaveLength(1);
	});

	test('is stopped by a cancel', () => {
		const {sent, probing} = setUp();
		probing.act({type: 'probe'});
		probing.act({type: 'probe-answer', yes: true});
		probing.act({type: 'probe-cancel'});
		expect(sent[0]?.aborted).toBe(true);
	});

	test('that fails is a result', async () => {
		const {states, probing, finished} = setUp();
		probing.act({type: 'probe'});
		probing.act({type: 'probe-answer', yes: true});
		finished.reject(new Error('the pod is gone'));
		await finished.promise.catch(() => {});
		await Promise.resolve();
		await Promise.resolve();
		expect(states.at(-1)).toMatchObject({phase: 'done', summary: 'The test ended early: the pod is gone'});
	});

	test.each<[string, readonly string[] | undefined, Here, string]>([
		[
			'without a cluster',
			undefined,
			{prober: undefined},
			'Nothing can be tested here: there is no cluster behind it.',
		],
		['without a path', undefined, {selected: undefined}, 'There is no path to test yet.'],
		['with nothing to check', [], {}, 'There is nothing to test on this hop.'],
	])('says why it does nothing %s', (_, checks, here, sentence) => {
		const {said, states, probing} = setUp(checks, here);
		probing.act({type: 'probe'});
		expect([said, states]).toEqual([[sentence], []]);
	});
});

describe('a probe that is repeated', () => {
	test('is sent every 30 s, its answers are kept, and it ends with the path that it is of', async () => {
		const {sent, shownTurns, clock, probing, finished} = setUp();
		probing.act({type: 'probe'});
		probing.act({type: 'probe-answer', yes: true, repeat: true});
		finished.resolve('1 answered.');
		const turn = async (): Promise<void> => {
			await finished.promise;
			await Promise.resolve();
			await Promise.resolve();
		};
		await turn();
		clock.advance(29_999);
		expect(sent).toHaveLength(1);
		clock.advance(1);
		expect(sent).toHaveLength(2);
		await turn();
		expect(shownTurns.at(-1)).toEqual([
			{at: 0, text: '503', level: 'unwell'},
			{at: 30_000, text: '503', level: 'unwell'},
		]);
		probing.leave();
		clock.advance(120_000);
		expect(sent).toHaveLength(2);
		expect(shownTurns.at(-1)).toBeUndefined();
	});

	test('does not begin without a yes', () => {
		const {sent, shownTurns, clock, probing} = setUp();
		probing.act({type: 'probe', repeat: true});
		probing.act({type: 'probe-answer', yes: false});
		clock.advance(60_000);
		expect([sent, shownTurns]).toEqual([[], []]);
	});
});
