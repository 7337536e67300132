import {openingReads} from './demand.ts';
import type {Reads} from '../model/recording-snapshot.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {EntryRow, Selected} from './state.ts';
import {createOverview, type Overview} from './overview.ts';
import {createSpotlight, type Spotlight} from './selected-trace.ts';
import type {Touched} from './touched.ts';
import type {Listing, Question} from './walks.ts';
import type {Asking} from '../model/request.ts';

/** All that a session looks at: the entries of a namespace (or of all), and one selected target. */
export type Looks = {
	list(namespace: string | undefined): void;
	select(target: string | undefined, place: string | undefined): void;
	/** Walks everything anew, for requests that are made in another way. */
	ask(asking: Asking): void;
	/** One walk, the selected path first; false when all is up to date. */
	work(snapshot: Snapshot): boolean;
	touch(touched: Touched): void;
	/** Time has passed, or evidence has come. */
	touchAll(): void;
	reads(): readonly Reads[];
	readonly rows: readonly EntryRow[];
	readonly listing: Listing;
	readonly selected: Selected | undefined;
};

type First = {
	readonly namespace: string | undefined;
	readonly asking: Asking;
	/** The namespace where none is named. */
	readonly fallback: string;
};

export function createLooks({fallback, ...first}: First): Looks {
	let {namespace, asking} = first;
	let overview: Overview = createOverview(namespace, asking);
	let question: Omit<Question, 'asking'> | undefined;
	let spotlight: Spotlight | undefined;
	return {
		list(wanted) {
			namespace = wanted;
			overview = createOverview(namespace, asking);
		},
		select(target, place) {
			question = target === undefined ? undefined : {target, namespace: place, fallback};
			spotlight = question && createSpotlight({...question, asking});
		},
		ask(wanted) {
			asking = wanted;
			overview = createOverview(namespace, asking);
			spotlight = question && createSpotlight({...question, asking});
		},
		work: (snapshot) => Boolean(spotlight?.work(snapshot)) || overview.work(snapshot),
		touch(touched) {
			overview.touch(touched);
			spotlight?.touch(touched);
		},
		touchAll() {
			overview.touchAll();
			spotlight?.touchAll();
		},
		reads: () => [
			openingReads(namespace ?? '*'),
			...overview.reads(),
			...(spotlight ? [spotlight.reads] : []),
		],
		get rows() {
			return overview.rows;
		},
		get listing() {
			return overview.listing;
		},
		get selected() {
			return spotlight?.selected;
		},
	};
}
