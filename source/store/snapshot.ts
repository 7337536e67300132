import type {EvidenceReader} from '../model/evidence.ts';
import type {KindMap} from '../model/kind-map.ts';
import type {AnyObject, Kind} from '../model/kinds.ts';
import {stateWithin, type KindState, type Snapshot} from '../model/snapshot.ts';
import {createIndexes} from './indexes.ts';
import type {Table} from './table.ts';

/** The read side over frozen tables. Indexes are built on first use; snapshots of the same tables share them. */
export function createSnapshot(
	tables: ReadonlyMap<Kind, Table>,
	context: {readonly unlisted: KindState; readonly evidence: EvidenceReader},
): (now: number) => Snapshot {
	const indexes = createIndexes(tables);

	const list = (kind: Kind, namespace?: string): readonly AnyObject[] => {
		const table = tables.get(kind);
		const objects = namespace === undefined ? table?.inOrder() : table?.inNamespace(namespace);
		return objects && objects.length > 0 ? objects : none;
	};

	const state = (kind: Kind, namespace?: string): KindState => {
		const held = tables.get(kind)?.state(namespace) ?? context.unlisted;
		return namespace === undefined ? held : stateWithin(held, namespace);
	};

	const version = {};
	return (now) => ({
		now,
		version,
		state,
		get: <K extends Kind>(kind: K, namespace: string, name: string) =>
			tables.get(kind)?.get(namespace, name) as KindMap[K] | undefined,
		list: <K extends Kind>(kind: K, namespace?: string) => list(kind, namespace) as readonly KindMap[K][],
		slicesOf: (namespace, service) => indexes.slicesByService(namespace).get(service) ?? [],
		podsLabelled: (namespace, key, value) => indexes.podsByLabel(namespace, key).get(value) ?? [],
		podsWithIp: (ip) => indexes.podsByIp().get(ip) ?? [],
		eventsOf: (kind, namespace, name) => indexes.eventsByObject().get(`${kind}/${namespace}/${name}`) ?? [],
		evidence: context.evidence,
	});
}

/** Always the same object: what is computed from a list is remembered under that list. */
const none: readonly never[] = [];
