import type {Kind} from '../model/kinds.ts';
import {isHeld, type Snapshot} from '../model/snapshot.ts';

/** Where kinds are wanted: `all`, or namespaces. */
type Wanted = ReadonlyMap<Kind, 'all' | ReadonlySet<string>>;

/** From when on each kind is known, place by place. */
type HeldSince = {
	look(wanted: Wanted, snapshot: Snapshot): void;
	/** Infinity where it is not. */
	of(kind: Kind, namespace: string | undefined): number;
};

export function createHeldSince(): HeldSince {
	const times = new Map<string, number>();

	function lookAt(kind: Kind, place: string, snapshot: Snapshot): void {
		const key = `${kind}/${place}`;
		if (!isHeld(snapshot.state(kind, place === '*' ? undefined : place))) {
			times.delete(key);
		} else if (!times.has(key)) {
			times.set(key, snapshot.now);
		}
	}

	return {
		look(wanted, snapshot) {
			for (const [kind, places] of wanted) {
				(places === 'all' ? ['*'] : [...places]).forEach((place) => lookAt(kind, place, snapshot));
			}
		},
		of(kind, namespace) {
			const everywhere = times.get(`${kind}/*`) ?? Infinity;
			const here = namespace === undefined ? Infinity : (times.get(`${kind}/${namespace}`) ?? Infinity);
			return Math.min(everywhere, here);
		},
	};
}
