import {expect, test} from 'vitest';
import {reuse} from '../../source/session/reuse.ts';

test('is the old value when nothing differs', () => {
	const old = {a: [1, {b: 'x'}], c: undefined};
	expect(reuse(old, {a: [1, {b: 'x'}], c: undefined})).toBe(old);
});

test('keeps the parts that do not differ', () => {
	const old = {rows: [{id: 1}, {id: 2}], at: 1};
	const next = reuse(old, {rows: [{id: 1}, {id: 3}], at: 1});
	expect(next).toEqual({rows: [{id: 1}, {id: 3}], at: 1});
	expect(next.rows[0]).toBe(old.rows[0]);
	expect(next.rows).not.toBe(old.rows);
});

test('keeps the rows of a list that moved', () => {
	const old = [
		{id: 'a', n: 1},
		{id: 'b', n: 2},
		{id: 'c', n: 3},
	];
	const next = reuse<unknown[]>(old, [
		{id: 'x', n: 0},
		{id: 'b', n: 2},
		{id: 'c', n: 4},
		{id: 'a', n: 1},
	]);
	expect(next).toEqual([
		{id: 'x', n: 0},
		{id: 'b', n: 2},
		{id: 'c', n: 4},
		{id: 'a', n: 1},
	]);
	expect(next[1]).toBe(old[1]);
	expect(next[2]).not.toBe(old[2]);
	expect(next[3]).toBe(old[0]);
});

test.each([
	[{a: 1}, {a: 1, b: 2}],
	[{a: 1, b: 2}, {a: 1}],
	[{a: undefined}, {b: undefined}],
	[[1, 2], [1]],
	[[], {}],
	[{}, undefined],
	[undefined, {}],
	[[1], {0: 1}],
])('is the new value where %j becomes %j', (old, next) => {
	expect(reuse<unknown>(old, next)).toEqual(next);
	expect(Array.isArray(reuse<unknown>(old, next))).toBe(Array.isArray(next));
});
