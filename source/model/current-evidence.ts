import type {Evidence, EvidenceType} from './evidence.ts';
import type {Kind} from './kinds.ts';
import {lookup, type Snapshot} from './snapshot.ts';

/** Observations that still hold, newest first: no object that they rest on has changed or gone. `kinds`: only these count. */
export function currentEvidence<T extends EvidenceType>(
	snapshot: Snapshot,
	type: T,
	kinds?: readonly Kind[],
): readonly Extract<Evidence, {type: T}>[] {
	return snapshot.evidence.list(type).filter((each) => changedSince(snapshot, each, kinds) === undefined);
}

/** The first object that an observation rests on and that is another one now. What may not be read counts as unchanged. */
export function changedSince(
	snapshot: Snapshot,
	{of}: Pick<Evidence, 'of'>,
	concerns: readonly Kind[] | ((object: string) => boolean) = () => true,
): string | undefined {
	const counts =
		typeof concerns === 'function'
			? concerns
			: (object: string) => concerns.some((kind) => object.startsWith(`${kind}/`));
	return Object.keys(of)
		.filter(counts)
		.find((object) => {
			const [kind = '', namespace = '', name = ''] = object.split('/');
			const found = lookup(snapshot, kind as Kind, namespace, name);
			return 'missing' in found || ('found' in found && found.found.resourceVersion !== of[object]);
		});
}
