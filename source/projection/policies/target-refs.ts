import {list, record, type Wire} from '../wire.ts';

/** What a policy attaches to (GEP-713): `targetRefs`, or one as older APIs write it. */
export function targetRefsOf(spec: Wire): readonly Wire[] {
	const one = spec['targetRef'] ?? spec['targetReference'];
	return [...list(spec['targetRefs']), ...(one === undefined ? [] : [one])].map((ref) => record(ref));
}
