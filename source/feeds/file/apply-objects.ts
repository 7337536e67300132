import {clusterScoped, type Kind} from '../../model/kinds.ts';
import type {KindState} from '../../model/snapshot.ts';
import type {WatchEvent} from '../../model/watch-event.ts';
import {isAttachedPolicy} from '../../projection/attached-policy.ts';
import {kindOf} from '../../projection/kind-of.ts';
import {project} from '../../projection/project.ts';
import {record, text, type Wire} from '../../projection/wire.ts';
import type {Writer} from '../../store/store-types.ts';

/** What was in a file: how many objects of which kinds, and the kinds knet has no use for. */
export type Contents = {
	readonly known: ReadonlyMap<Kind, number>;
	readonly ignored: ReadonlyMap<string, number>;
};

/** Fills a store with wire objects, kind by kind. Kinds that are not there are `absent`: unknown, not missing. */
export function applyObjects(writer: Writer, objects: readonly Wire[]): Contents {
	const groups = new Map<Kind, Wire[]>();
	const ignored = new Map<string, number>();
	for (const wire of objects) {
		const name = text(wire['kind']);
		const kind =
			kindOf(text(wire['apiVersion']), name) ?? (isAttachedPolicy(wire) ? 'AttachedPolicy' : undefined);
		if (kind) {
			const group = groups.get(kind) ?? [];
			group.push(wire);
			groups.set(kind, group);
		} else {
			ignored.set(name, (ignored.get(name) ?? 0) + 1);
		}
	}

	for (const [kind, wires] of groups) {
		fill(writer, kind, wires);
	}

	return {known: new Map([...groups].map(([kind, wires]) => [kind, wires.length])), ignored};
}

/** What a file does not hold is not known to be missing from the cluster. */
export const missingInFile: KindState = {state: 'absent', why: 'not-in-input'};

function fill(writer: Writer, kind: Kind, wires: readonly Wire[]): void {
	writer.apply({type: 'init', kind});
	for (const wire of wires) {
		writer.apply({type: 'init-apply', kind, object: project(kind, withNamespace(kind, wire))} as WatchEvent);
	}

	writer.apply({type: 'init-done', kind});
}

/** A manifest without a namespace goes to `default`, as with kubectl apply. */
function withNamespace(kind: Kind, wire: Wire): Wire {
	const metadata = record(wire['metadata']);
	return clusterScoped.has(kind) || text(metadata['namespace']) !== ''
		? wire
		: {...wire, metadata: {...metadata, namespace: 'default'}};
}
