import type {Kind, KindMap} from '../model/kinds.ts';
import {keyOf, once, onceEach, type Table} from './table.ts';

/** Named look-ups over frozen tables, each built on first use. */
export function createIndexes(tables: ReadonlyMap<Kind, Table>) {
	const objects = <K extends Kind>(kind: K) => (tables.get(kind)?.objects() ?? []) as readonly KindMap[K][];
	return {
		slicesByService: once(() =>
			group(
				objects('EndpointSlice').filter(({service}) => service !== ''),
				(slice) => [keyOf(slice.namespace, slice.service)],
			),
		),
		// Only of label keys that are asked for: a pod may have thousands of labels.
		podsByLabel: onceEach((key: string) =>
			group(objects('Pod'), ({namespace, labels}) =>
				Object.hasOwn(labels, key) ? [keyOf(namespace, labels[key] ?? '')] : [],
			),
		),
		podsByIp: once(() => group(objects('Pod'), (pod) => pod.podIPs)),
		eventsByObject: once(() =>
			group(
				objects('Event').toSorted((a, b) => a.at - b.at),
				({regarding}) => [`${regarding.kind}/${regarding.namespace ?? ''}/${regarding.name}`],
			),
		),
	};
}

function group<T extends {readonly name: string}>(
	items: readonly T[],
	keys: (item: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		for (const key of keys(item)) {
			const found = groups.get(key);
			if (found) {
				found.push(item);
			} else {
				groups.set(key, [item]);
			}
		}
	}

	return groups;
}
