import type {ObjectRef} from '../../model/ref.ts';
import type {Reads} from '../../model/recording-snapshot.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {crossing, type Crossing} from '../../path/walk/service/crossing.ts';
import type {EntryRow} from '../state.ts';
import {tracked, type Tracked} from './tracked.ts';

/** Which entries cross a pod or a node, for as long as somebody wants to know. */
export type Crossings = {
	ask(ref: ObjectRef | undefined): void;
	/** Called once the rows are up to date. False when this is up to date as well. */
	work(snapshot: Snapshot): boolean;
	/** Rows may have changed. */
	touch(): void;
	readonly reads: readonly Reads[];
	readonly answer: Crossing | undefined;
};

export function createCrossings(rows: () => readonly EntryRow[]): Crossings {
	let asked: Tracked<Crossing> | undefined;
	return {
		ask(ref) {
			asked = ref && tracked<Crossing>({ref}, (snapshot) => crossing(ref, rows(), snapshot));
		},
		work: (snapshot) => Boolean(asked?.refresh(snapshot)),
		touch: () => void asked?.touch('all'),
		get reads() {
			return asked ? [asked.reads] : [];
		},
		get answer() {
			return asked?.value;
		},
	};
}
