import type {Reads} from '../model/recording-snapshot.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Visit} from '../path/resolver.ts';
import {entryDepth} from '../path/walk/entry-depth.ts';
import {isTouched, type Touched} from './touched.ts';
import {recorded, type Recorded} from './walks.ts';

/** How far the entries of a place are walked: it follows the size of the place. */
export type Depth = {
	readonly value: Visit['depth'];
	readonly reads: Reads;
	/** Weighs the place when it has changed. True: the depth is another one now. */
	weigh(snapshot: Snapshot): boolean;
	touch(touched: Touched): void;
};

export function createDepth(namespace: string | undefined): Depth {
	let depth: Recorded<Visit['depth']> = {value: 'overview', reads: new Map()};
	let isWeighed = false;
	return {
		get value() {
			return depth.value;
		},
		get reads() {
			return depth.reads;
		},
		weigh(snapshot) {
			if (isWeighed) {
				return false;
			}

			isWeighed = true;
			const before = depth.value;
			depth = recorded(snapshot, (seen) => entryDepth(seen, namespace, before));
			return depth.value !== before;
		},
		touch(touched) {
			isWeighed &&= !isTouched(depth.reads, touched);
		},
	};
}
