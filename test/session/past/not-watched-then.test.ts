import {expect, test} from 'vitest';
import {createSession} from '../../../source/session/create-session.ts';
import {manualClock} from '../../helpers/manual-clock.ts';
import {yamlDataSource} from '../../helpers/yaml-data-source.ts';
import {apiDown, shopYaml} from '../cluster.ts';

const start = Date.UTC(2026, 2, 14, 2, 30);

test('an entry whose lists knet did not watch then is unknown, and not absent', () => {
	const clock = manualClock(start);
	const dataSource = yamlDataSource(shopYaml, {clock, states: {Pod: {state: 'connecting'}}});
	const session = createSession({
		dataSource,
		clock,
		namespace: 'shop',
		contexts: [],
		open: () => Promise.reject(new Error('no such cluster')),
	});
	const verdict = () => session.getState().entries.find(({title}) => title === 'svc/api:80')?.verdict;
	clock.advance(60_000);
	expect(verdict()).toBeUndefined();
	dataSource.say('Pod', {state: 'synced'});
	dataSource.apply(shopYaml);
	clock.advance(60_000);
	dataSource.apply(apiDown);
	clock.advance(60_000);
	expect(verdict()).toBe('broken');
	session.dispatch({type: 'past', to: start + 30_000});
	clock.advance(500);
	expect(verdict()).toBe('unknown');
	expect(session.getState().past?.entries).toContainEqual(
		expect.objectContaining({title: 'svc/api:80', was: 'unknown', is: 'broken'}),
	);
});

test('who may list kinds in one namespace alone steps back in time there', () => {
	const clock = manualClock(start);
	const dataSource = yamlDataSource(shopYaml, {clock});
	const session = createSession({
		dataSource,
		clock,
		namespace: 'shop',
		contexts: [],
		open: () => Promise.reject(new Error('no such cluster')),
	});
	clock.advance(500);
	for (const kind of ['Service', 'Ingress'] as const) {
		dataSource.say(kind, {state: 'synced'}, 'shop');
		dataSource.say(kind, {state: 'forbidden', resource: kind, group: '', reason: ''});
	}

	clock.advance(60_000);
	dataSource.apply(apiDown);
	clock.advance(60_000);
	session.dispatch({type: 'past', to: 'back'});
	clock.advance(500);
	expect(session.getState().past?.at).toBe(start + 60_499);
});
