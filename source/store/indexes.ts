import {groupByEach} from '../model/matching/group-by-each.ts';
import type {KindMap} from '../model/kind-map.ts';
import type {Kind} from '../model/kinds.ts';
import {once, onceEach, type Table} from './table.ts';

/** Named look-ups over frozen tables, each built on first use. An index lives as long as its table: until its kind changes. */
export function createIndexes(tables: ReadonlyMap<Kind, Table>) {
	const [slices, pods, events] = (['EndpointSlice', 'Pod', 'Event'] as const).map((kind) => tables.get(kind));
	return {
		slicesByService: (namespace: string) =>
			(slices && indexesOf(slices).slicesByService(namespace)) ?? nothing,
		podsByLabel: (namespace: string, key: string) =>
			(pods && indexesOf(pods).podsByLabel(namespace)(key)) ?? nothing,
		podsByIp: () => (pods && indexesOf(pods).podsByIp()) ?? nothing,
		eventsByObject: () => (events && indexesOf(events).eventsByObject()) ?? nothing,
	};
}

const nothing: ReadonlyMap<string, readonly never[]> = new Map();
const known = new WeakMap<Table, ReturnType<typeof makeIndexes>>();

function indexesOf(table: Table): ReturnType<typeof makeIndexes> {
	const found = known.get(table) ?? makeIndexes(table);
	known.set(table, found);
	return found;
}

function makeIndexes(table: Table) {
	const slices = (namespace: string) => table.objects(namespace) as readonly KindMap['EndpointSlice'][];
	const pods = (namespace?: string) => table.objects(namespace) as readonly KindMap['Pod'][];
	const events = () => table.objects() as readonly KindMap['Event'][];
	return {
		slicesByService: onceEach((namespace: string) =>
			groupByEach(
				slices(namespace).filter(({service}) => service !== ''),
				({service}) => [service],
			),
		),
		// Only of label keys that are asked for: a pod may have thousands of labels.
		podsByLabel: onceEach((namespace: string) =>
			onceEach((key: string) =>
				groupByEach(pods(namespace), ({labels}) => (Object.hasOwn(labels, key) ? [labels[key] ?? ''] : [])),
			),
		),
		podsByIp: once(() => groupByEach(pods(), (pod) => pod.podIPs)),
		eventsByObject: once(() =>
			groupByEach(
				events().toSorted((a, b) => a.at - b.at),
				({regarding}) => [`${regarding.kind}/${regarding.namespace ?? ''}/${regarding.name}`],
			),
		),
	};
}
