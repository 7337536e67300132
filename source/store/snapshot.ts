import type {EvidenceReader} from '../model/evidence.ts';
import type {Kind, KindMap} from '../model/kinds.ts';
import type {KindState, Snapshot} from '../model/snapshot.ts';
import {createIndexes} from './indexes.ts';
import {keyOf, type Table} from './table.ts';

type Context = {readonly untold: KindState; readonly evidence: EvidenceReader};

/** The read side over frozen tables. Indexes are built when first asked for and shared by all times. */
export function createSnapshot(
	tables: ReadonlyMap<Kind, Table>,
	context: Context,
): (now: number) => Snapshot {
	const indexes = createIndexes(tables);
	const all = new Map<Kind, readonly KindMap[Kind][]>();

	const list = (kind: Kind, namespace?: string): readonly KindMap[Kind][] => {
		const table = tables.get(kind);
		if (namespace !== undefined) {
			return table?.byNamespace().get(namespace) ?? [];
		}

		const found = all.get(kind) ?? [...(table?.byNamespace().values() ?? [])].flat();
		all.set(kind, found);
		return found;
	};

	const state = (kind: Kind, namespace?: string): KindState =>
		stateOf(tables.get(kind), namespace) ?? context.untold;

	return (now) => ({
		now,
		state,
		get: <K extends Kind>(kind: K, namespace: string, name: string) =>
			tables.get(kind)?.objects.get(keyOf(namespace, name)) as KindMap[K] | undefined,
		list: <K extends Kind>(kind: K, namespace?: string) => list(kind, namespace) as readonly KindMap[K][],
		slicesOf: (namespace, service) => indexes.slicesByService().get(keyOf(namespace, service)) ?? [],
		podsLabelled: (namespace, key, value) => indexes.podsByLabel().get(`${namespace}/${key}=${value}`) ?? [],
		podsWithIp: (ip) => indexes.podsByIp().get(ip) ?? [],
		eventsOf: (kind, namespace, name) => indexes.eventsByObject().get(`${kind}/${namespace}/${name}`) ?? [],
		evidence: context.evidence,
	});
}

/**
A cluster-wide list answers for every namespace. Where only lists per namespace exist, a question about all namespaces
gets the worst of them, since what other namespaces hold is not known.
*/
function stateOf(table: Table | undefined, namespace: string | undefined): KindState | undefined {
	const wide = table?.states.get('');
	if (namespace === undefined) {
		return wide;
	}

	const own = table?.states.get(namespace);
	return own && (wide === undefined || wide.state === 'forbidden' || wide.state === 'not-watched')
		? own
		: (wide ?? own);
}
