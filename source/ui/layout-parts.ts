import type {HopKind} from '../path/hop-kind.ts';

/** What has the keys. */
export type Focus = 'entries' | 'path' | 'detail';

/**
A part of the screen. `causes`, `cluster` and `changes` take what the entries leave; `cause` is the finding to fix, while another hop is
looked at; `strip` is cause and path in few rows; `preview` the path of the entry under the cursor, below the entries;
`why` its cause alone, where there is no room for more; `further KIND` has the facts of another hop, below the detail on a
tall screen.
*/
export type Part =
	| 'entries'
	| 'causes'
	| 'cluster'
	| 'changes'
	| 'path'
	| 'strip'
	| 'preview'
	| 'why'
	| 'detail'
	| 'cause'
	| FurtherPart;

export type FurtherPart = `further ${HopKind}`;

export type LayoutSection = {
	readonly part: Part;
	/** Rows inside, without the title's. */
	readonly rows: number;
};

/** Sections above each other, each below its title row; with a border also a row at the end. */
export type LayoutBox = {
	readonly width: number;
	readonly border: boolean;
	readonly sections: readonly LayoutSection[];
};

/** The boxes of the screen: together exactly the rows and columns of the terminal. */
export type Layout = {
	readonly header: boolean;
	readonly banners: number;
	readonly footer: boolean;
	/** Side by side. */
	readonly boxes: readonly LayoutBox[];
};

/** How much of the screen the focused region takes. */
export type Zoom = 'normal' | 'half' | 'full';

export type LayoutInput = {
	readonly columns: number;
	readonly rows: number;
	readonly focus: Focus;
	readonly zoom: Zoom;
	/** Rows that each region asks for, at a width inside its box. */
	readonly wants: Wants;
	/** Rows under the header that the session asks for. */
	readonly banners: number;
};

export type Wants = {
	/** With the head; 0 without any entry: then there is nothing to preview. */
	readonly entries: number;
	/** Columns in which titles of entries can be read. */
	readonly entriesWidth: number;
	/** What a list without entries says. */
	empty(width: number): number;
	causes(width: number): number;
	cluster(width: number): number;
	changes(width: number): number;
	path(width: number): number;
	/** The finding to fix; 0 where it stands on the hop that is looked at, or nothing is wrong. */
	cause(width: number): number;
	/** Its sentence alone. */
	why(width: number): number;
	preview(width: number): number;
	/** Of the hop that is looked at. */
	detail(width: number): number;
	/** The facts of another hop; 0 for the hop that is looked at. */
	further(kind: HopKind, width: number): number;
};
