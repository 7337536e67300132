import {expect, test} from 'vitest';
import {routerEntries} from '../../../source/path/route/router/router-entries.ts';
import {readScenario, snapshotOfScenario} from '../../helpers/scenario.ts';

function titlesOf(scenario: string): readonly string[] {
	return routerEntries(snapshotOfScenario(readScenario(scenario)), undefined).map(({title}) => title);
}

test('a VirtualService for clients with a sidecar alone is no entry from outside', () => {
	expect(titlesOf('virtualservice-for-the-mesh')).toEqual([]);
});

test('an object that no request leads to is an entry, which says so', () => {
	expect(titlesOf('httpproxy-orphaned')).toEqual(['httpproxy/team']);
});
