import type {EvidenceReader} from './evidence.ts';
import type {KindMap} from './kind-map.ts';
import type {AnyObject, Kind} from './kinds.ts';
import type {Snapshot} from './snapshot.ts';
import {compareText} from './matching/compare-text.ts';

/** Objects that take the place of others, by kind and `namespace/name`; undefined: there is none. */
export type Replacements = ReadonlyMap<Kind, ReadonlyMap<string, AnyObject | undefined>>;

type Over = {
	readonly now: number;
	readonly evidence: EvidenceReader;
	readonly state?: Snapshot['state'];
};

type ById = {readonly namespace: string; readonly name: string};

/** A snapshot with other objects laid over it. It asks the one below for what it is asked for, and for no more. */
export function overlaid(base: Snapshot, replacements: Replacements, {now, evidence, state}: Over): Snapshot {
	const over = replacing(replacements);
	return {
		now,
		version: {},
		evidence,
		state: state ?? ((kind, namespace) => base.state(kind, namespace)),
		get<K extends Kind>(kind: K, namespace: string, name: string) {
			const replaced = replacements.get(kind);
			const key = keyOf({namespace, name});
			return replaced?.has(key)
				? (replaced.get(key) as KindMap[K] | undefined)
				: base.get(kind, namespace, name);
		},
		list: (kind, namespace) => {
			const found = base.list(kind, namespace);
			const all = over(kind, found, (object) => namespace === undefined || object.namespace === namespace);
			return all === found ? found : all.toSorted(inOrder);
		},
		slicesOf: (namespace, service) =>
			over(
				'EndpointSlice',
				base.slicesOf(namespace, service),
				(slice) => slice.namespace === namespace && slice.service === service,
			),
		podsLabelled: (namespace, key, value) =>
			over(
				'Pod',
				base.podsLabelled(namespace, key, value),
				(pod) => pod.namespace === namespace && pod.labels[key] === value,
			),
		podsWithIp: (ip) => over('Pod', base.podsWithIp(ip), (pod) => pod.podIPs.includes(ip)),
		eventsOf: (kind, namespace, name) =>
			over('Event', base.eventsOf(kind, namespace, name), isAbout(kind, namespace, name)).toSorted(
				(a, b) => a.at - b.at,
			),
	};
}

/** What the snapshot below found, without what was replaced, and with what takes its place where it fits. */
function replacing(replacements: Replacements) {
	return <K extends Kind>(
		kind: K,
		found: readonly KindMap[K][],
		fits: (object: KindMap[K]) => boolean,
	): readonly KindMap[K][] => {
		const replaced = replacements.get(kind) as ReadonlyMap<string, KindMap[K] | undefined> | undefined;
		if (!replaced) {
			return found;
		}

		const added = [...replaced.values()].filter((object) => object !== undefined).filter(fits);
		return [...found.filter((object) => !replaced.has(keyOf(object))), ...added];
	};
}

function isAbout(kind: string, namespace: string, name: string): (event: KindMap['Event']) => boolean {
	return ({regarding}) =>
		regarding.kind === kind && (regarding.namespace ?? '') === namespace && regarding.name === name;
}

function keyOf({namespace, name}: ById): string {
	return `${namespace}/${name}`;
}

function inOrder(a: ById, b: ById): number {
	return compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
}
