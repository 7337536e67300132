import {expect, test} from 'vitest';
import {createSession} from '../../../source/session/create-session.ts';
import {manualClock} from '../../helpers/manual-clock.ts';
import {yamlDataSource} from '../../helpers/yaml-data-source.ts';
import {apiDown, apiUp, shopYaml} from '../cluster.ts';

test('a change before the first lists have all come is no step back: nobody knows how it was then', () => {
	const clock = manualClock(Date.UTC(2026, 2, 14, 2, 30));
	const dataSource = yamlDataSource(shopYaml, {clock, states: {EndpointSlice: {state: 'connecting'}}});
	const session = createSession({
		dataSource,
		clock,
		namespace: 'shop',
		contexts: [],
		open: () => Promise.reject(new Error('no such cluster')),
	});
	session.dispatch({type: 'select', target: 'svc/shop/api:80'});
	clock.advance(1500);
	dataSource.apply(apiDown);
	clock.advance(1500);
	dataSource.say('EndpointSlice', {state: 'synced'});
	clock.advance(500);
	session.dispatch({type: 'past', to: 'back'});
	clock.advance(500);
	expect(session.getState().past).toBeUndefined();
	expect(session.getState().notices.map(({text}) => text)).toContain(
		'Nothing has changed here since knet began to watch.',
	);

	clock.advance(5000);
	dataSource.apply(apiUp);
	clock.advance(500);
	session.dispatch({type: 'past', to: 'back'});
	clock.advance(500);
	expect(session.getState().past).toMatchObject({back: 1, of: 1});
	expect(session.getState().selected?.trace?.verdict).toBe('broken');
});
