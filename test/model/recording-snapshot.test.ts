import {expect, test} from 'vitest';
import {recordObjects, recordReads} from '../../source/model/recording-snapshot.ts';
import {rememberRead} from '../../source/rules/memoize.ts';
import {snapshotOf} from '../helpers/snapshot.ts';

const corefileOf = rememberRead(
	(snapshot, _key: object) => snapshot.get('ConfigMap', 'kube-system', 'coredns')?.data['Corefile'],
);

test('an object that was read for a value that is known already counts as looked up, too', () => {
	const snapshot = snapshotOf(`
apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data: {Corefile: ".:53 {}"}
`);
	const key = {};
	corefileOf(snapshot, key);
	const looked = recordObjects(snapshot);
	expect(corefileOf(recordReads(looked.snapshot).snapshot, key)).toBe('.:53 {}');
	expect([...looked.objects]).toEqual(['ConfigMap/kube-system/coredns']);
});
