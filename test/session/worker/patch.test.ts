import {describe, expect, test} from 'vitest';
import {reuse} from '../../../source/session/reuse.ts';
import {applyPatch, patchBetween} from '../../../source/session/worker/patch.ts';
import {createRandom} from '../../cluster-feed/helpers/random.ts';
import {shop, shopAnswer} from '../../helpers/shop.ts';

const api = {
	...shop,
	...shopAnswer({type: 'select', target: 'https://app.example.com/api', namespace: 'shop'}, shop),
};

describe('the patch between two states', () => {
	test.each([api, {...api}, {...api, entries: [...api.entries]}])(
		'is none when they are the same',
		(same) => {
			expect(patchBetween(api, same)).toBe(undefined);
		},
	);

	test('is only what differs', () => {
		const entries = api.entries.map((row) =>
			row.id === 'svc/db:5432' ? {...row, verdict: 'broken' as const} : row,
		);
		const row = {fields: {verdict: {value: 'broken'}}, gone: []};
		const rest = api.entries.length - 6;
		expect(patchBetween(api, {...api, entries, at: 7})).toEqual({
			fields: {
				entries: {
					runs: [
						{from: 0, count: 5},
						{from: 5, patch: row},
						{from: 6, count: rest},
					],
				},
				at: {value: 7},
			},
			gone: [],
		});
	});

	test('of a list with a row more, one less and two that changed places has these rows only', () => {
		const [first, second, third, ...rest] = api.entries;
		const row = {...first!, id: 'svc/new:80'};
		const entries = [third!, row, second!, ...rest];
		expect(patchBetween(api, {...api, entries})).toEqual({
			fields: {
				entries: {
					runs: [{from: 2, count: 1}, {items: [row]}, {from: 1, count: 1}, {from: 3, count: rest.length}],
				},
			},
			gone: [],
		});
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
		[
			'a row more',
			{...api, entries: [...api.entries.slice(0, 2), {...api.entries[0]!, id: 'x'}, ...api.entries.slice(2)]},
		],
		['no rows', {...api, entries: []}],
		['rows the other way round', {...api, entries: api.entries.toReversed()}],
		['a row twice', {...api, entries: [api.entries[1]!, ...api.entries]}],
	])('makes the one into the other, through a channel: %s', (_, next) => {
		const there = applyPatch(api, structuredClone(patchBetween(api, next)!));
		expect(there).toEqual(next);
		const back = applyPatch(there, structuredClone(patchBetween(next, api)!));
		expect(back).toEqual(api);
	});

	test('leaves what did not change the same object', () => {
		const [first, ...rest] = api.entries;
		const entries = [{...first!, symptom: 'timeout' as const}, ...rest];
		const next = applyPatch(api, patchBetween(api, {...api, entries})!);
		expect(next.entries[0]).not.toBe(api.entries[0]);
		expect(next.entries[1]).toBe(api.entries[1]);
		expect(next.selected).toBe(api.selected);
	});

	test('makes any list into any other', () => {
		const die = createRandom(7);
		const pick = (below: number) => Math.floor(die() * below);
		const list = () =>
			Array.from({length: pick(9)}, () =>
				pick(8) === 0 ? pick(3) : {id: pick(6), tags: Array.from({length: pick(3)}, () => pick(3))},
			);
		let before: unknown = {rows: list()};
		for (let round = 0; round < 2000; round++) {
			const next = reuse(before, {rows: list()});
			const patch = patchBetween(before, next);
			expect(patch ? applyPatch(before, structuredClone(patch)) : before).toEqual(next);
			before = next;
		}
	});
});
