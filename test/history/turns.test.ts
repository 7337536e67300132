import {expect, test} from 'vitest';
import type {KeptChange} from '../../source/history/ring.ts';
import {foldTurns} from '../../source/history/turns.ts';

/** Replicas of the Deployment api over time, newest change first. */
function scaled(replicas: readonly number[], seconds = 20): readonly KeptChange[] {
	return replicas
		.slice(1)
		.map((is, position): KeptChange => {
			const fields = [{path: 'replicas', was: String(replicas[position]), is: String(is)}];
			const object = {kind: 'Deployment', namespace: 'shop', name: 'api'} as const;
			return {
				...object,
				key: 'Deployment/shop/api',
				id: position,
				at: position * seconds * 1000,
				type: 'changed',
				fields,
				size: 1,
			};
		})
		.toReversed();
}

const timesOf = (changes: readonly KeptChange[]) => foldTurns(changes).map(({turns}) => turns?.length ?? 1);

test.each([
	['two controllers that take turns', scaled([2, 5, 2, 5, 2]), [4]],
	['a person who takes back what they did', scaled([2, 5, 2]), [1, 1]],
	['steps in one direction', scaled([1, 2, 3, 4, 5]), [1, 1, 1, 1]],
	['a fight after a step', scaled([1, 2, 5, 2, 5, 2]), [4, 1]],
	['days between', scaled([2, 5, 2, 5, 2], 86_400), [1, 1, 1, 1]],
])('%s', (_, changes, times) => {
	expect(timesOf(changes)).toEqual(times);
});

test('how far the object has come is no other change', () => {
	const ready = {path: 'readyReplicas', was: '2', is: '3'};
	const turns = scaled([2, 5, 2, 5, 2]).map((change, position) =>
		position % 2 === 0 ? {...change, fields: [...change.fields, ready]} : change,
	);
	expect(timesOf(turns)).toEqual([4]);
});

test('changes of other fields of the object between them end no fight', () => {
	const [first, ...others] = scaled([2, 5, 2, 5, 2]) as [KeptChange, ...KeptChange[]];
	const image: KeptChange = {...first, id: 9, fields: [{path: 'containers[app].image', was: 'v1', is: 'v2'}]};
	expect(timesOf([first, image, ...others])).toEqual([4, 1]);
});
