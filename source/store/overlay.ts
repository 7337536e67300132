import type {EvidenceReader} from '../model/evidence.ts';
import type {Kind} from '../model/kinds.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {AnyObject} from './object-set.ts';
import {createSnapshot} from './snapshot.ts';
import {groupByNamespace, keyOf, once, type Table} from './table.ts';

/** Objects that take the place of others, by kind and `namespace/name`; undefined: there is none. */
export type Replacements = ReadonlyMap<Kind, ReadonlyMap<string, AnyObject | undefined>>;

type Over = {
	readonly now: number;
	readonly evidence: EvidenceReader;
	readonly state?: Snapshot['state'];
};

/** A snapshot with other objects laid over it. Only kinds of which one is replaced are indexed anew. */
export function overlaid(base: Snapshot, replacements: Replacements, {now, evidence, state}: Over): Snapshot {
	const tables = new Map([...replacements].map(([kind, objects]) => [kind, tableOver(base, kind, objects)]));
	const over = createSnapshot(tables, {unlisted: {state: 'not-watched'}, evidence})(now);
	const of = (kind: Kind): Snapshot => (tables.has(kind) ? over : base);
	return {
		now,
		version: {},
		evidence,
		state: state ?? ((kind, namespace) => base.state(kind, namespace)),
		get: (kind, namespace, name) => of(kind).get(kind, namespace, name),
		list: (kind, namespace) => of(kind).list(kind, namespace),
		slicesOf: (namespace, service) => of('EndpointSlice').slicesOf(namespace, service),
		podsLabelled: (namespace, key, value) => of('Pod').podsLabelled(namespace, key, value),
		podsWithIp: (ip) => of('Pod').podsWithIp(ip),
		eventsOf: (kind, namespace, name) => of('Event').eventsOf(kind, namespace, name),
	};
}

function tableOver(base: Snapshot, kind: Kind, replaced: ReadonlyMap<string, AnyObject | undefined>): Table {
	const objects = once(() => [
		...base.list(kind).filter(({namespace, name}) => !replaced.has(keyOf(namespace, name))),
		...[...replaced.values()].filter((object) => object !== undefined),
	]);
	return {
		get(namespace, name) {
			const key = keyOf(namespace, name);
			return replaced.has(key) ? replaced.get(key) : base.get(kind, namespace, name);
		},
		objects,
		byNamespace: once(() => groupByNamespace(objects())),
		state: (namespace) => base.state(kind, namespace),
	};
}
