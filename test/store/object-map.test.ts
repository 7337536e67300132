import {array, assert, constantFrom, property, tuple} from 'fast-check';
import {expect, test} from 'vitest';
import {createObjectMap, type Objects} from '../../source/store/object-map.ts';
import type {AnyObject} from '../../source/model/kinds.ts';

const object = (name: string) => ({name}) as unknown as AnyObject;
const keys = ['a/1', 'a/2', 'b/1', 'b/2', '/node'];
const contentOf = (objects: Objects) => [objects.size, new Map(objects.entries()), objects.keys().toSorted()];

test('the objects are those of one map, and what was shared stays as it was', () => {
	const steps = array(tuple(constantFrom('set', 'delete', 'share'), constantFrom(...keys)), {maxLength: 60});
	assert(
		property(steps, (all) => {
			const [objects, plain] = [createObjectMap(), new Map<string, AnyObject>()];
			const shared: (readonly [Objects, Map<string, AnyObject>])[] = [];
			all.forEach(([step, key], index) => {
				if (step === 'share') {
					shared.push([objects.share(), new Map(plain)]);
				} else if (step === 'delete') {
					objects.delete(key);
					plain.delete(key);
				} else {
					objects.set(key, object(`${index}`));
					plain.set(key, object(`${index}`));
				}
			});
			for (const [view, then] of [...shared, [objects, plain] as const]) {
				expect(contentOf(view)).toEqual([then.size, then, [...then.keys()].toSorted()]);
				expect(keys.map((key) => view.get(key))).toEqual(keys.map((key) => then.get(key)));
				const inA = [...then].filter(([key]) => key.startsWith('a/'));
				expect(new Map(view.entries('a'))).toEqual(new Map(inA));
				expect(view.namespaces().includes('a')).toBe(inA.length > 0);
				expect(keys.map((key) => view.has(key))).toEqual(keys.map((key) => then.has(key)));
			}
		}),
	);
});
