import {expect, test} from 'vitest';
import {snapshotOf} from '../helpers/snapshot.ts';

test('finds pods by label in their own namespace, also where many have the key', () => {
	const pod = (namespace: string, name: string, labels: string) =>
		`{apiVersion: v1, kind: Pod, metadata: {namespace: ${namespace}, name: ${name}, labels: {${labels}}}}`;
	const snapshot = snapshotOf(
		[pod('a', 'p1', 'app: web'), pod('a', 'p2', 'app: web, toString: x'), pod('b', 'p3', 'app: web')].join(
			'\n---\n',
		),
	);
	const names = (...requested: readonly [string, string, string]) =>
		snapshot.podsLabelled(...requested).map(({name}) => name);
	expect(names('a', 'app', 'web')).toEqual(['p1', 'p2']);
	expect(names('b', 'app', 'web')).toEqual(['p3']);
	expect(names('a', 'app', 'other')).toEqual([]);
	expect(names('a', 'toString', 'x')).toEqual(['p2']);
});
