import type {AnyObject, Kind} from '../model/kinds.ts';
import {overlaid} from '../model/overlay.ts';
import type {Snapshot} from '../model/snapshot.ts';

/** Objects that are to take the place of others, while they are gathered. */
export type Draft = {
	put(kind: Kind, object: AnyObject): void;
	drop(kind: Kind, namespace: string, name: string): void;
	/** In which Pods or Services were touched. */
	readonly namespaces: ReadonlySet<string>;
	/** The cluster with all that was drafted so far. */
	snapshot(): Snapshot;
	/** Says what was assumed, once. */
	assume(sentence: string): void;
};

export function createDraft(base: Snapshot): {readonly draft: Draft; readonly assumed: ReadonlySet<string>} {
	const replacements = new Map<Kind, Map<string, AnyObject | undefined>>();
	const assumed = new Set<string>();
	const namespaces = new Set<string>();
	const set = (kind: Kind, [namespace, name]: readonly [string, string], object?: AnyObject): void => {
		const objects = replacements.get(kind) ?? new Map<string, AnyObject | undefined>();
		replacements.set(kind, objects.set(`${namespace}/${name}`, object));
		if (kind === 'Pod' || kind === 'Service') {
			namespaces.add(namespace);
		}
	};

	return {
		assumed,
		draft: {
			namespaces,
			put: (kind, object) => set(kind, [object.namespace, object.name], object),
			drop: (kind, namespace, name) => set(kind, [namespace, name]),
			snapshot: () => overlaid(base, replacements, {now: base.now, evidence: {list: () => []}, state}),
			assume: (sentence) => void assumed.add(sentence),
		},
	};

	/** A kind that a file does not hold consists of what is laid over it. */
	function state(kind: Kind, namespace?: string): ReturnType<Snapshot['state']> {
		const known = base.state(kind, namespace);
		return known.state === 'absent' && known.why === 'not-in-input' && replacements.has(kind)
			? {state: 'synced'}
			: known;
	}
}
