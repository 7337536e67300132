import type {DecidedFrom} from '../../history/decided-from.ts';
import {openingReads} from '../demand.ts';
import type {Reads} from '../../model/recording-snapshot.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Marking} from '../../path/ignore.ts';
import type {ClusterPart} from '../../path/cluster-part.ts';
import {clusterParts} from '../../path/walk/cluster-parts.ts';
import {createCrossings, type Crossings} from './crossings.ts';
import type {EntryRow, Selected} from '../state.ts';
import {createOverview, type Overview} from './overview.ts';
import {selectedTrace, type Marks, type SelectedTrace} from './selected-trace.ts';
import type {Touched} from './touched.ts';
import {tracked, type Tracked} from './tracked.ts';
import type {Listing, Question} from './walks.ts';
import type {RequestedSource, TraceOptions} from '../../model/request.ts';
import type {Matrix} from '../../path/walk/matrix.ts';
import {createMatrixView, type MatrixView} from './matrix-view.ts';

/** All that a session looks at: the entries of a namespace (or of all), and one selected target. */
export type Views = {
	list(namespace: string | undefined): void;
	select(selection: Selection): void;
	/** Whether the selected target is walked from everywhere. */
	compare(isWanted: boolean): void;
	/** Walks everything again, for requests that are made in another way. */
	ask(traceOptions: TraceOptions): void;
	/** One walk, the selected path first; false when all is up to date. */
	work(snapshot: Snapshot): boolean;
	touch(touched: Touched): void;
	/** Time has passed, or evidence has come. */
	touchAll(): void;
	reads(): readonly Reads[];
	/** Whose entries are listed; absent: all. */
	readonly namespace: string | undefined;
	readonly rows: readonly EntryRow[];
	readonly listing: Listing;
	readonly selected: Selected | undefined;
	/** What the selected path was decided from. */
	readonly decided: DecidedFrom | undefined;
	readonly cluster: readonly ClusterPart[];
	/** The selected target from everywhere, where that is wanted. */
	readonly matrix: Matrix | undefined;
	readonly crossings: Crossings;
};

/** Which target is looked at, and from where: absent, as for all. */
export type Selection = {
	readonly target?: string;
	readonly namespace?: string;
	readonly from?: RequestedSource;
};

type First = {
	readonly namespace: string | undefined;
	readonly traceOptions: TraceOptions;
	/** Marks what the person lives with. */
	readonly mark?: Marking;
	readonly testable?: Marks['testable'];
	/** The namespace where none is named. */
	readonly fallback: string;
	/** They are of a snapshot that stays as it is. */
	readonly isFrozen?: boolean;
};

export function createViews({fallback, mark = asTheyAre, testable, isFrozen, ...first}: First): Views {
	let {namespace, traceOptions} = first;
	const listAnew = (): Overview => createOverview(namespace, {traceOptions, mark, isFrozen});
	let overview = listAnew();
	let selection: Selection = {};
	let selected: Tracked<SelectedTrace> | undefined;
	let isCompared = false;
	let matrix: MatrixView | undefined;

	const question = (): Question | undefined => questionOf(selection, {fallback, traceOptions});

	function compare(isWanted: boolean): void {
		isCompared = isWanted;
		const asked = isCompared ? question() : undefined;
		matrix = asked && createMatrixView(asked);
	}

	function select(wanted: Selection): void {
		selection = wanted;
		const asked = question();
		selected = asked && selectedTrace({...asked, mark, testable}, selection.from);
		compare(isCompared);
	}

	const crossings = createCrossings(() => overview.rows);
	const cluster = tracked<readonly ClusterPart[]>([], (snapshot) => clusterParts(snapshot));
	return {
		list(wanted) {
			namespace = wanted;
			overview = listAnew();
		},
		crossings,
		select,
		compare,
		ask(wanted) {
			traceOptions = wanted;
			overview = listAnew();
			select(selection);
		},
		work: (snapshot) =>
			Boolean(selected?.refresh(snapshot)) ||
			Boolean(matrix?.work(snapshot)) ||
			cluster.refresh(snapshot) ||
			overview.work(snapshot) ||
			crossings.work(snapshot),
		touch: (touched) =>
			[overview, selected, matrix, cluster, crossings].forEach((view) => view?.touch(touched)),
		touchAll() {
			overview.touchAll();
			[selected, matrix, crossings].forEach((view) => view?.touch('all'));
		},
		reads: () => [
			openingReads(namespace ?? '*'),
			...overview.reads(),
			...[cluster, selected, crossings].flatMap((view) => view?.reads ?? []),
			...(matrix?.reads() ?? []),
		],
		get namespace() {
			return namespace;
		},
		get rows() {
			return overview.rows;
		},
		get listing() {
			return overview.listing;
		},
		get selected() {
			return selected?.value.selected;
		},
		get decided() {
			return selected?.value.decided;
		},
		get matrix() {
			return matrix?.matrix;
		},
		get cluster() {
			return cluster.value;
		},
	};
}

const asTheyAre: Marking = (paths) => paths;

function questionOf(
	{target, namespace, from}: Selection,
	{fallback, traceOptions}: Pick<Question, 'fallback' | 'traceOptions'>,
): Question | undefined {
	return target === undefined
		? undefined
		: {target, namespace, fallback, traceOptions: {...traceOptions, from: from ?? traceOptions.from}};
}
