import type {Reads} from '../model/recording-snapshot.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {HopContext} from '../path/hop-evaluator.ts';
import {entryDetail} from '../path/walk/entry-detail.ts';
import {isTouched, type Touched} from './touched.ts';
import {recorded, type Recorded} from './walks.ts';

/** How far the entries of a place are walked: it follows the size of the place. */
export type Detail = {
	readonly value: HopContext['detail'];
	readonly reads: Reads;
	/** Weighs the place when it has changed. True: the depth is another one now. */
	weigh(snapshot: Snapshot): boolean;
	touch(touched: Touched): void;
};

export function createDetail(namespace: string | undefined): Detail {
	let detail: Recorded<HopContext['detail']> = {value: 'overview', reads: new Map()};
	let isWeighed = false;
	return {
		get value() {
			return detail.value;
		},
		get reads() {
			return detail.reads;
		},
		weigh(snapshot) {
			if (isWeighed) {
				return false;
			}

			isWeighed = true;
			const before = detail.value;
			detail = recorded(snapshot, (seen) => entryDetail(seen, namespace, before));
			return detail.value !== before;
		},
		touch(touched) {
			isWeighed &&= !isTouched(detail.reads, touched);
		},
	};
}
