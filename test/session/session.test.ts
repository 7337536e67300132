import {describe, expect, test} from 'vitest';
import type {Kind} from '../../source/model/kinds.ts';
import {createSession} from '../../source/session/create-session.ts';
import type {DataSource} from '../../source/session/data-source.ts';
import type {SessionState} from '../../source/session/state.ts';
import {manualClock} from '../helpers/manual-clock.ts';
import {yamlDataSource, type YamlGround} from '../helpers/yaml-data-source.ts';
import {apiDown, apiUp, crowd, shopYaml} from './cluster.ts';

const start = Date.UTC(2026, 2, 14, 2, 30);

function sessionOver(
	yaml: string,
	options: Partial<Parameters<typeof yamlDataSource>[1]> = {},
	grounds: Record<string, DataSource> = {},
) {
	const clock = manualClock(start);
	const dataSource = yamlDataSource(yaml, {clock, ...options});
	const session = createSession({
		dataSource,
		clock,
		namespace: 'shop',
		contexts: [
			{name: 'prod', current: true},
			{name: 'staging', current: false},
		],
		async open(context) {
			const found = grounds[context];
			if (!found) {
				throw new Error('no such cluster');
			}

			return found;
		},
	});
	clock.advance(500);
	return {clock, dataSource, session};
}

function verdicts({entries}: SessionState): Readonly<Record<string, string | undefined>> {
	return Object.fromEntries(entries.map(({title, verdict}) => [title, verdict]));
}

/** Where a kind is watched: `all`, namespaces, or nowhere. */
function watched({demands}: YamlGround, kind: Kind): 'all' | readonly string[] {
	const scopes = demands.at(-1)?.get(kind) ?? new Set<string>();
	return scopes === 'all' ? 'all' : [...scopes].toSorted();
}

describe('the list', () => {
	test('asks for what its walks read, and for nothing else', () => {
		const {session, dataSource} = sessionOver(shopYaml + crowd);
		expect(verdicts(session.getState())).toEqual({'svc/api:80': 'ok', 'svc/web:80': 'ok'});
		expect(watched(dataSource, 'Service')).not.toEqual([]);
		expect(watched(dataSource, 'EndpointSlice')).not.toEqual([]);
		expect(watched(dataSource, 'Pod')).not.toContain('shop');
		expect(watched(dataSource, 'Secret')).toEqual([]);
	});

	test('asks for the pods of a place that is small', () => {
		const {dataSource} = sessionOver(shopYaml);
		expect(watched(dataSource, 'Pod')).toContain('shop');
	});

	test('is unknown ten seconds after a watch has ended, not at the next look at all', () => {
		const {session, dataSource, clock} = sessionOver(shopYaml);
		clock.advance(1500);
		dataSource.say('EndpointSlice', {state: 'stale', since: clock.now(), reason: 'broken'});
		clock.advance(9900);
		expect(verdicts(session.getState())['svc/web:80']).toBe('ok');
		clock.advance(300);
		expect(verdicts(session.getState())['svc/web:80']).toBe('unknown');
	});

	test('knows when it is not known yet', () => {
		const {session, dataSource, clock} = sessionOver(shopYaml, {states: {Service: {state: 'connecting'}}});
		expect(session.getState()).toMatchObject({entries: [], entriesKnown: false});
		dataSource.say('Service', {state: 'synced'});
		clock.advance(200);
		expect(session.getState().entriesKnown).toBe(true);
	});

	test('follows the cluster, and says when an entry changed', () => {
		const {session, dataSource, clock} = sessionOver(shopYaml);
		const [, web] = session.getState().entries;
		dataSource.apply(apiDown);
		clock.advance(200);
		const [api, sameWeb] = session.getState().entries;
		expect(api).toMatchObject({title: 'svc/api:80', verdict: 'broken', changed: {was: 'ok'}});
		expect(api?.changed?.at).toBeGreaterThan(start);
		expect(sameWeb).toBe(web);
		dataSource.apply(apiUp);
		clock.advance(200);
		expect(session.getState().entries[0]).toMatchObject({verdict: 'ok', changed: {was: 'broken'}});
	});

	test('loses an entry with its object', () => {
		const {session, dataSource, clock} = sessionOver(shopYaml);
		dataSource.remove('Service', 'shop', 'web');
		clock.advance(200);
		expect(Object.keys(verdicts(session.getState()))).toEqual(['svc/api:80']);
	});

	test('is another one in another namespace', () => {
		const {session, clock} = sessionOver(shopYaml);
		session.dispatch({type: 'namespace', namespace: 'empty'});
		expect(session.getState()).toMatchObject({namespace: 'empty', entries: []});
		clock.advance(200);
		expect(session.getState()).toMatchObject({entries: [], entriesKnown: true, namespaces: ['shop']});
		session.dispatch({type: 'namespace'});
		clock.advance(200);
		expect(Object.keys(verdicts(session.getState()))).toHaveLength(4);
	});

	test('tells a thousand events in a few states', () => {
		const {session, dataSource, clock} = sessionOver(shopYaml);
		let published = 0;
		session.subscribe(() => published++);
		for (let event = 0; event < 1000; event++) {
			dataSource.apply(event % 2 ? apiUp : apiDown);
			clock.advance(1);
		}

		expect(published).toBeLessThanOrEqual(12);
	});
});

describe('the selected path', () => {
	test('is walked in full', () => {
		const {session, dataSource, clock} = sessionOver(shopYaml);
		session.dispatch({type: 'select', target: 'svc/shop/api:80', namespace: 'shop'});
		clock.advance(300);
		expect(session.getState().selected).toMatchObject({
			target: 'svc/shop/api:80',
			trace: {verdict: 'ok'},
			changes: {},
		});
		expect(watched(dataSource, 'Pod')).toContain('shop');
	});

	test('says which hops changed, from what and when', () => {
		const {session, dataSource, clock} = sessionOver(shopYaml);
		session.dispatch({type: 'select', target: 'svc/shop/api:80', namespace: 'shop'});
		clock.advance(300);
		dataSource.apply(apiDown);
		clock.advance(200);
		const {selected} = session.getState();
		expect(selected?.trace?.verdict).toBe('broken');
		expect(selected?.changes['0/endpoints']).toMatchObject({was: 'ok'});
	});

	test('keeps the hops that did not change the same objects', () => {
		const {session, dataSource, clock} = sessionOver(shopYaml);
		session.dispatch({type: 'select', target: 'svc/shop/api:80', namespace: 'shop'});
		clock.advance(300);
		const before = session.getState().selected?.trace?.paths[0]?.hops;
		dataSource.apply(apiDown);
		clock.advance(200);
		const after = session.getState().selected?.trace?.paths[0]?.hops;
		const at = before?.findIndex(({kind}) => kind === 'service') ?? -1;
		expect(after?.[at]).toBe(before?.[at]);
	});

	test.each([
		['svc/nope', 'There is no Service nope in namespace shop. There are: '],
		['svc/wbe', 'There is no Service wbe in namespace shop. Did you mean web?'],
		['what is this', '"what is this" is not a target.'],
	])('says why %s cannot be shown', (target, sentence) => {
		const {session, clock} = sessionOver(shopYaml);
		session.dispatch({type: 'select', target, namespace: 'shop'});
		clock.advance(300);
		expect(session.getState().selected?.error).toContain(sentence);
	});

	test('appears when its object does', () => {
		const {session, dataSource, clock} = sessionOver(shopYaml);
		dataSource.remove('Service', 'shop', 'api');
		session.dispatch({type: 'select', target: 'svc/shop/api:80', namespace: 'shop'});
		clock.advance(300);
		expect(session.getState().selected?.error).toBeDefined();
		dataSource.apply(apiUp);
		clock.advance(300);
		expect(session.getState().selected).toMatchObject({trace: {verdict: 'ok'}});
	});
});

describe('trust', () => {
	test('says since when a kind is stale, and why; what was known stays', () => {
		const {session, dataSource, clock} = sessionOver(shopYaml);
		dataSource.say('EndpointSlice', {state: 'stale', since: start + 400, reason: 'connection refused'});
		clock.advance(200);
		const state = session.getState();
		expect(state.kinds.find(({kind}) => kind === 'EndpointSlice')).toMatchObject({
			state: {state: 'stale', since: start + 400, reason: 'connection refused'},
			count: 3,
		});
		expect(state.entries).toHaveLength(2);
	});
});

describe('contexts', () => {
	test('are switched to without waiting for the old cluster', async () => {
		const staging = yamlDataSource('apiVersion: v1\nkind: Namespace\nmetadata: {name: web}', {
			clock: manualClock(start),
			context: 'staging',
			namespace: 'web',
		});
		const {session, dataSource} = sessionOver(shopYaml, {}, {staging});
		session.dispatch({type: 'context', context: 'staging'});
		await Promise.resolve();
		await Promise.resolve();
		expect(session.getState()).toMatchObject({source: {context: 'staging'}, namespace: 'web', entries: []});
		expect(session.getState().contexts).toEqual([
			{name: 'prod', current: false},
			{name: 'staging', current: true},
		]);
		expect(dataSource.isClosed).toBe(true);
	});

	test('that cannot be opened leave things as they are, and say why', async () => {
		const {session, clock} = sessionOver(shopYaml);
		session.dispatch({type: 'context', context: 'nowhere'});
		await Promise.resolve();
		await Promise.resolve();
		expect(session.getState()).toMatchObject({source: {context: 'prod'}, namespace: 'shop'});
		expect(session.getState().notices.at(-1)).toMatchObject({
			severity: 'error',
			text: 'nowhere: no such cluster',
		});
		expect(session.getState().entries).toHaveLength(2);
		// Until the person has pressed a key it may not be read.
		clock.advance(60_000);
		expect(session.getState().notices).toHaveLength(1);
	});
});

describe('how requests are made', () => {
	test('can be changed, for the list and for the selected path', () => {
		const {session, clock} = sessionOver(shopYaml);
		session.dispatch({type: 'select', target: 'svc/web:80', namespace: 'shop'});
		clock.advance(200);
		expect(session.getState().selected?.trace?.from).toEqual({kind: 'node'});
		session.dispatch({type: 'ask', traceOptions: {from: {kind: 'pod', namespace: 'shop', name: 'api-1'}}});
		clock.advance(200);
		const {traceOptions, selected, entries} = session.getState();
		expect(traceOptions.from).toEqual({kind: 'pod', namespace: 'shop', name: 'api-1'});
		expect(selected?.trace?.from).toEqual({kind: 'pod', namespace: 'shop', name: 'api-1'});
		expect(entries.map(({verdict}) => verdict)).toEqual(['ok', 'ok']);
	});
});
