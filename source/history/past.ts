import type {EvidenceReader} from '../model/evidence.ts';
import type {Kind, AnyObject} from '../model/kinds.ts';
import {isHeld, type KindState, type Snapshot} from '../model/snapshot.ts';
import {overlaid, type Replacements} from '../model/overlay.ts';
import {keyOf} from '../store/table.ts';
import {takenBack, type KeptChange} from './ring.ts';

/** The objects that were others at a time, as they were then. `changes`: oldest first. */
export function objectsAt(snapshot: Snapshot, changes: readonly KeptChange[], at: number): Replacements {
	const found = new Map<Kind, Map<string, AnyObject | undefined>>();
	for (const change of changes.toReversed()) {
		if (change.at <= at) {
			break;
		}

		const {kind, namespace, name} = change;
		const objects = found.get(kind) ?? new Map<string, AnyObject | undefined>();
		const key = keyOf(namespace, name);
		const after = objects.has(key) ? objects.get(key) : snapshot.get(kind, namespace, name);
		found.set(kind, objects.set(key, takenBack(change, after)));
	}

	return found;
}

/** The cluster as it was. `heldSince`: from when on a kind is known there; Infinity: it is not. */
export function snapshotAt(
	snapshot: Snapshot,
	{
		changes,
		at,
		heldSince,
	}: {
		readonly changes: readonly KeptChange[];
		readonly at: number;
		readonly heldSince: (kind: Kind, namespace: string | undefined) => number;
	},
): Snapshot {
	const state = (kind: Kind, namespace?: string): KindState => {
		const now = snapshot.state(kind, namespace);
		return isHeld(now) && heldSince(kind, namespace) > at
			? {state: 'connecting', reason: 'knet did not watch it then'}
			: now;
	};

	return overlaid(snapshot, objectsAt(snapshot, changes, at), {
		now: at,
		evidence: evidenceAt(snapshot.evidence, at),
		state,
	});
}

function evidenceAt(evidence: EvidenceReader, at: number): EvidenceReader {
	return {list: (type) => evidence.list(type).filter((item) => item.at <= at)};
}
