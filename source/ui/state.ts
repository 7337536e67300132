import type {HopKind} from '../path/hop-kind.ts';
import type {Tone} from '../view/text/line.ts';
import type {ObjectLook} from '../session/object-look.ts';
import type {EntryRow} from '../session/state.ts';
import type {Pins} from '../model/pin.ts';
import type {RequestedSource} from '../model/request.ts';
import type {Focus, Zoom} from './layout-parts.ts';

/** What the person did with the screen; nothing of the cluster. Immutable; keys change it, and `reconcile` brings it in line with what came. */
export type UiState = {
	readonly size: {readonly columns: number; readonly rows: number};
	readonly focus: Focus;
	/** Ids of all entries, in the order of the list. */
	readonly order: readonly string[];
	/** The entries for which the order was made, and whether it is worst first for them. */
	readonly orderOf?: readonly EntryRow[];
	readonly isSorted: boolean;
	/** Id of the entry under the cursor. */
	readonly cursor?: string;
	/** The cursor was moved by the person: then it holds on to its entry. Else it shows what is worst. */
	readonly moved: boolean;
	/** Every entry was walked once. Before, the list still fills up, and an untouched cursor stays at its top. */
	readonly filled: boolean;
	readonly entriesTop: number;
	/** A target that was typed; it takes the place of the entry under the cursor. */
	readonly opened?: OpenedTarget;
	/** Which of several paths; absent: the worst. */
	readonly pathIndex?: number;
	/** The hop that is looked at. */
	readonly hop?: HopKind;
	/** The hop to look at once the path that was just opened is there. */
	readonly wantedHop?: HopKind;
	/** The hop was chosen by the person: then it stays, else it follows the fault. */
	readonly hopChosen: boolean;
	/** The hop to fix when the hop was set. */
	readonly faultAt?: HopKind;
	/** What the hop belongs to: it is set again when another path is shown. */
	readonly shownKey?: string;
	readonly detailTop: number;
	readonly filter: string;
	readonly faultsOnly: boolean;
	/** Kinds of objects whose entries are listed; absent: all. */
	readonly kinds?: readonly string[];
	/** Entries that stay on top. */
	readonly pins: Pins;
	/** Targets at hand, of the configuration. */
	readonly favourites: readonly string[];
	readonly sort: Sort;
	/** Entries of one root cause stand together. */
	readonly grouped: boolean;
	readonly zoom: Zoom;
	/** When an untouched list last followed what is worst, in milliseconds. */
	readonly followedAt?: number;
	readonly visited: Visited;
	/** Steps of the demo's guide that were taken; absent: it is not shown. */
	readonly guideAt?: number;
	/** A line that is being typed. */
	readonly input?: {
		readonly kind: 'filter' | 'command' | 'search';
		readonly text: string;
		readonly before: string;
		/** Where the cursor stands, in graphemes; absent: at the end. */
		readonly at?: number;
		/** How far back in the lines that were given, and what was typed before that. */
		readonly back?: number;
		readonly draft?: string;
	};
	/** Lines that were given after `:`, the newest last. */
	readonly given: readonly string[];
	/** Namespaces that were looked at, in the order in which they first were. */
	readonly recent: readonly string[];
	readonly overlay?: Overlay;
	/** A word about the last key, for a few seconds at the person's desk, also while the past is shown. */
	readonly flash?: {readonly text: string; readonly tone: Tone; readonly at: number};
	/** The sentences of the session that stood there when a key was last pressed. */
	readonly noticesRead?: readonly string[];
	/** Which page of the question before a test is shown, where it has more than one; counts on beyond the last. */
	readonly askedPage?: number;
	/** When the screen was paused (milliseconds). Absent: it is not. */
	readonly pausedSince?: number;
};

/** By what the list is sorted. */
type Sort = 'worst' | 'name' | 'namespace' | 'since';

/** Paths that were opened, oldest first, and which of them is shown. */
type Visited = {
	readonly places: readonly OpenedTarget[];
	readonly at: number;
	readonly before?: number;
};

export type OpenedTarget = {
	readonly target: string;
	readonly namespace?: string;
	/** Where requests to it are made from, other than to the rest. */
	readonly from?: RequestedSource;
};

type Scrolled = {
	readonly top?: number;
	/** What is looked for in the text; marked where it stands. */
	readonly search?: string;
};

export type PulseOverlay = Scrolled & {
	readonly kind: 'pulse';
	/** The identity of the cause that the cursor of the overview is on. */
	readonly cause?: string;
};

/** One of the objects of a hop; the others are at its sides. */
export type ObjectOverlay = Scrolled & {
	readonly kind: 'object';
	readonly looks: readonly ObjectLook[];
	/** Position of the one that is shown. */
	readonly at: number;
};

/** What lies over the screen. */
export type Overlay =
	| (Scrolled & {readonly kind: 'kinds' | 'differs'})
	| PulseOverlay
	| ObjectOverlay
	| MatrixOverlay
	| PickerOverlay;

/** One target from everywhere, with a cursor on a cell. */
export type MatrixOverlay = {readonly kind: 'matrix'; readonly row: number; readonly column: number};

/** A list to pick from, narrowed by what was typed. */
export type PickerOverlay = {
	readonly kind: 'namespaces' | 'contexts' | 'help' | 'used-by' | 'crossing' | 'favourites';
	readonly filter: string;
	readonly cursor: number;
};

export function initialState(options: {
	readonly columns: number;
	readonly rows: number;
	readonly opened?: OpenedTarget;
	readonly pins?: Pins;
	readonly favourites?: readonly string[];
}): UiState {
	return {
		size: {columns: options.columns, rows: options.rows},
		focus: options.opened ? 'path' : 'entries',
		order: [],
		isSorted: true,
		moved: false,
		filled: false,
		entriesTop: 0,
		opened: options.opened,
		hopChosen: false,
		guideAt: 0,
		detailTop: 0,
		filter: '',
		faultsOnly: false,
		pins: options.pins ?? {},
		favourites: options.favourites ?? [],
		sort: 'worst',
		grouped: false,
		zoom: 'normal',
		visited: {places: [], at: -1},
		given: [],
		recent: [],
	};
}
