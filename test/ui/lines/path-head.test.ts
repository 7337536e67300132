import {expect, test} from 'vitest';
import type {EntryRow} from '../../../source/session/state.ts';
import {sinceHere} from '../../../source/ui/lines/path-head.ts';
import type {Model} from '../../../source/ui/model.ts';
import {apiPath, now} from '../../helpers/shop-traces.ts';
import {entries, shop} from '../../helpers/shop.ts';

const broke = now - 20_000;
const healed = now - 1000;
const entry: EntryRow = {...entries[0]!, since: {at: broke, by: 'seen'}};

/** The entry's row is of one picture, the path of the same or a later one. */
function modelOf(verdict: 'broken' | 'ok', seen?: number): Model {
	const since = seen === undefined ? {} : {0: {at: seen, by: 'seen' as const}};
	return {
		ui: {},
		session: {...shop, entries: [entry]},
		rows: [entry],
		cursor: 0,
		path: {...apiPath, verdict},
		pathIndex: 0,
		selected: {target: entry.target, changes: {}, since},
	} as unknown as Model;
}

test('a path holds since when its entry does, where both have one verdict', () => {
	expect(sinceHere(modelOf('broken', now))).toBe(broke);
});

test('a path that has healed is not well since the time at which its entry broke', () => {
	expect(sinceHere(modelOf('ok', healed))).toBe(healed);
	expect(sinceHere(modelOf('ok'))).toBeUndefined();
});
