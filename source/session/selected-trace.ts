import type {Reads} from '../model/recording-snapshot.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Selected} from './state.ts';
import {hopChanges} from './hop-changes.ts';
import {reuse} from './reuse.ts';
import {isTouched, type Touched} from './touched.ts';
import {recorded, walkTarget, type Question} from './walks.ts';

/** The target that is looked at, walked in full and kept up to date. */
export type SelectedTrace = {
	/** Walks when something has changed; false when all is up to date. */
	work(snapshot: Snapshot): boolean;
	touch(touched: Touched): void;
	touchAll(): void;
	readonly selected: Selected;
	readonly reads: Reads;
};

export function createSelectedTrace(question: Question): SelectedTrace {
	const {target, namespace} = question;
	let selected: Selected = {target, namespace, changes: {}};
	let reads: Reads = new Map();
	let isDirty = true;
	return {
		work(snapshot) {
			if (!isDirty) {
				return false;
			}

			isDirty = false;
			const answer = recorded(snapshot, (seen) => walkTarget(seen, question));
			({reads} = answer);
			selected = reuse(selected, next(selected, answer.value, snapshot.now));
			return true;
		},
		touch(touched) {
			isDirty ||= isTouched(reads, touched);
		},
		touchAll() {
			isDirty = true;
		},
		get selected() {
			return selected;
		},
		get reads() {
			return reads;
		},
	};
}

function next(before: Selected, answer: ReturnType<typeof walkTarget>, now: number): Selected {
	const {target, namespace} = before;
	const base = {target, namespace};
	return 'error' in answer
		? {...base, error: answer.error, changes: {}}
		: {...base, trace: answer.trace, changes: hopChanges(before.trace, answer.trace, before.changes, now)};
}
