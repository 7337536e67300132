import {recordReads, type Reads} from '../../model/recording-snapshot.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {isTouched, type Touched} from './touched.ts';

/** A value that is computed from a snapshot, and again when something that it read has changed. */
export type Tracked<T> = {
	readonly value: T;
	/** What it rests on. */
	readonly reads: Reads;
	/** Computes it; false when it is up to date. */
	refresh(snapshot: Snapshot): boolean;
	/** Something has changed. True: it must be computed again. */
	touch(touched: Touched | 'all'): boolean;
};

/** `first`: the value until it is computed. `compute` is given the value before; what it reads of `plain` is not followed. */
export function tracked<T>(
	first: T,
	compute: (snapshot: Snapshot, before: T, plain: Snapshot) => T,
): Tracked<T> {
	let value = first;
	let reads: Reads = new Map();
	let isStale = true;
	return {
		get value() {
			return value;
		},
		get reads() {
			return reads;
		},
		refresh(snapshot) {
			if (!isStale) {
				return false;
			}

			isStale = false;
			const recording = recordReads(snapshot);
			value = compute(recording.snapshot, value, snapshot);
			({reads} = recording);
			return true;
		},
		touch(touched) {
			isStale ||= touched === 'all' || isTouched(reads, touched);
			return isStale;
		},
	};
}
