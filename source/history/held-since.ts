import type {Kind} from '../model/kinds.ts';
import {isHeld, type Snapshot} from '../model/snapshot.ts';

/** Where kinds are wanted: `all`, or namespaces. */
type Wanted = ReadonlyMap<Kind, 'all' | ReadonlySet<string>>;

/** From when on each kind is known, place by place. */
type HeldSince = {
	/** `here`: the namespace that is looked at; it is listed alone where a list of all namespaces is forbidden. */
	look(wanted: Wanted, snapshot: Snapshot, here?: string): void;
	/** Infinity where it is not. */
	of(kind: Kind, namespace: string | undefined): number;
	/** When the last of the lists came that were asked for at first; undefined before any did. */
	readonly opened: number | undefined;
};

/** What is asked for so soon after the first list of all belongs to the opening. Milliseconds. */
const opening = 3000;

export function createHeldSince(): HeldSince {
	const times = new Map<string, number>();
	/** Places asked for at first that were not known yet. */
	const first = new Set<string>();
	let began: number | undefined;
	let opened: number | undefined;

	function lookAt(kind: Kind, place: string, snapshot: Snapshot): void {
		const key = `${kind}/${place}`;
		began ??= snapshot.now;
		if (snapshot.now <= began + opening && !times.has(key)) {
			first.add(key);
		}

		if (!isHeld(snapshot.state(kind, place === '*' ? undefined : place))) {
			times.delete(key);
		} else if (!times.has(key)) {
			times.set(key, snapshot.now);
			opened = first.delete(key) ? snapshot.now : opened;
		}
	}

	return {
		look(wanted, snapshot, here) {
			const everywhere = here === undefined ? ['*'] : ['*', here];
			for (const [kind, places] of wanted) {
				(places === 'all' ? everywhere : [...places]).forEach((place) => lookAt(kind, place, snapshot));
			}
		},
		of(kind, namespace) {
			const everywhere = times.get(`${kind}/*`) ?? Infinity;
			const here = namespace === undefined ? Infinity : (times.get(`${kind}/${namespace}`) ?? Infinity);
			return Math.min(everywhere, here);
		},
		get opened() {
			return opened;
		},
	};
}
