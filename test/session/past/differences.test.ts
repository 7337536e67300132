import {expect, test} from 'vitest';
import type {Verdict} from '../../../source/path/hop.ts';
import type {EntryRow} from '../../../source/session/state.ts';
import {entryDifferences} from '../../../source/session/past/differences.ts';

function row(id: string, verdict: Verdict): EntryRow {
	return {
		id,
		title: id,
		namespace: 'shop',
		target: id,
		subject: {kind: 'Service', namespace: 'shop', name: id},
		verdict,
	};
}

test('entries that differ stand worst first, after what is gone', () => {
	const then = [row('a', 'broken'), row('b', 'ok'), row('c', 'ok'), row('d', 'ok'), row('e', 'ok')];
	const now = [row('a', 'ok'), row('b', 'degraded'), row('c', 'broken'), row('e', 'ok')];
	expect(entryDifferences(then, now).map(({id, is}) => `${id} ${is}`)).toEqual([
		'd undefined',
		'c broken',
		'b degraded',
		'a ok',
	]);
});
