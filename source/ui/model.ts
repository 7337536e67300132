import type {Hop} from '../path/hop.ts';
import type {Path, Trace} from '../path/report.ts';
import type {Cause} from '../view/causes.ts';
import type {Glyphs} from '../view/text/glyphs.ts';
import type {Line} from '../view/text/line.ts';
import type {EntryRow, Selected, SessionState} from '../session/state.ts';
import {wideColumns} from './layout.ts';
import type {OpenedTarget, UiState} from './state.ts';
import type {Layout} from './layout-parts.ts';

/** What is on the screen, worked out from the state of the session and of the person. */
export type Model = {
	readonly ui: UiState;
	readonly session: SessionState;
	/** Milliseconds since the epoch; of what is shown, which may be a moment of the past. */
	readonly now: number;
	/** The time at the person's desk. */
	readonly deskTime: number;
	readonly glyphs: Glyphs;
	/** A text whose commands name the program as it was called. */
	readonly named: (text: string) => string;
	/** Entries that the filter lets through, in the order of the list. */
	readonly rows: readonly EntryRow[];
	/** Position of the cursor among them; -1 without any. */
	readonly cursor: number;
	readonly wanted?: OpenedTarget;
	/** What the session says of the wanted target; absent until it does. */
	readonly selected?: Selected;
	/** What was shown before stays until the wanted target is walked: a pane that blinks is no calm one. */
	readonly lingers: boolean;
	readonly trace?: Trace;
	readonly path?: Path;
	readonly pathIndex: number;
	readonly hop?: Hop;
	readonly hopIndex: number;
	readonly banners: readonly Line[];
	/** Root causes of the rows. */
	readonly causes: readonly Cause[];
	readonly layout: Layout;
	/** Lines of the hop's detail, at the width it has. */
	readonly detail: readonly Line[];
};

/** What regions are asked for, before they have their places. */
export type Measured = Omit<Model, 'layout' | 'detail'>;

/** The clock of the feed, which goes on while an earlier time is looked at. A recording has its own. */
export function feedTime({session, now, deskTime}: Pick<Model, 'session' | 'now' | 'deskTime'>): number {
	return session.past ? deskTime : now;
}

/** Whether entries and path are on the screen together, so that moving in one shows the other. */
export function isWide({ui}: Pick<Model, 'ui'>): boolean {
	return ui.size.columns >= wideColumns;
}
