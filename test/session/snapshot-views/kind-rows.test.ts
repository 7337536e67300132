import {expect, test} from 'vitest';
import {kindRows} from '../../../source/session/snapshot-views/kind-rows.ts';
import {createStore} from '../../../source/store/store.ts';

test('a kind that is forbidden in the cluster and listed in the namespace that is looked at says both', () => {
	const {writer, reader} = createStore({unlisted: {state: 'synced'}});
	const forbidden = {state: 'forbidden', resource: 'services', group: '', reason: ''} as const;
	writer.apply({type: 'state', kind: 'Service', state: forbidden});
	writer.apply({type: 'state', kind: 'Service', scope: 'shop', state: {state: 'synced'}});
	const demand = new Map([['Service', 'all']] as const);
	const rowsOf = (here: string | undefined) =>
		kindRows(demand, {snapshot: reader.snapshot(0), reader, here}).map(({isListedHere}) => isListedHere);
	expect(rowsOf('shop')).toEqual([true]);
	expect(rowsOf(undefined)).toEqual([undefined]);
});
