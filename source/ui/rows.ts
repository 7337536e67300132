import type {EntryRow, SessionState} from '../session/state.ts';
import {filterOf} from './filter.ts';
import type {UiState} from './state.ts';

/** Entries that are listed, in the order of the list: those that the person pinned first. */
export function rowsOf(ui: UiState, session: SessionState): readonly EntryRow[] {
	const byId = new Map(session.entries.map((row) => [row.id, row]));
	const isShown = filterOf(ui);
	const rows = ui.order
		.map((id) => byId.get(id))
		.filter((row) => row !== undefined)
		.filter((row) => ui.pinned.includes(row.id) || isShown(row));
	return ui.pinned.length === 0
		? rows
		: rows.toSorted((a, b) => Number(ui.pinned.includes(b.id)) - Number(ui.pinned.includes(a.id)));
}
