import {describe, expect, test} from 'vitest';
import {applyChanges, changesBetween} from '../../../source/session/worker/patch.ts';
import {shop, shopAnswer} from '../../helpers/shop.ts';

const api = {
	...shop,
	...shopAnswer({type: 'select', target: 'https://app.example.com/api', namespace: 'shop'}, shop),
};

describe('changes between two states', () => {
	test('are none when it is the same state', () => {
		expect(changesBetween(api, api)).toEqual([]);
	});

	test('are only what differs', () => {
		const entries = api.entries.map((row) =>
			row.id === 'svc/db:5432' ? {...row, verdict: 'broken' as const} : row,
		);
		expect(changesBetween(api, {...api, entries, at: 7})).toEqual([
			{path: ['entries', '5', 'verdict'], value: 'broken'},
			{path: ['at'], value: 7},
		]);
	});

	test.each([
		['a row less', {...api, entries: api.entries.slice(1)}],
		['nothing selected', {...shop}],
		['no namespace', {...api, namespace: undefined}],
		[
			'a field that went away',
			{
				...api,
				entries: api.entries.map(({id, title, namespace, target, subject}) => ({
					id,
					title,
					namespace,
					target,
					subject,
				})),
			},
		],
		['another source', {...api, source: {kind: 'file' as const}}],
	])('make the one into the other, through a channel: %s', (_, next) => {
		const there = applyChanges(api, structuredClone(changesBetween(api, next)));
		expect(there).toEqual(next);
		const back = applyChanges(there, structuredClone(changesBetween(next, api)));
		expect(back).toEqual(api);
	});

	test('leave what did not change the same object', () => {
		const next = applyChanges(api, [{path: ['entries', '0', 'symptom'], value: 'timeout'}]);
		expect(next.entries[0]).not.toBe(api.entries[0]);
		expect(next.entries[1]).toBe(api.entries[1]);
		expect(next.selected).toBe(api.selected);
	});
});
