import type {EntryRow, SessionState} from '../session/state.ts';
import {filterOf} from './typing/filter.ts';
import {pinsOf} from './pins.ts';
import type {UiState} from './state.ts';

type Known = {readonly decidedBy: readonly unknown[]; readonly rows: readonly EntryRow[]};

let known: Known = {decidedBy: [], rows: []};

/**
Entries that are listed, in the order of the list: those that the person pinned first. Each key asks for them; while nothing
changes them they are those of the key before.
*/
export function rowsOf(ui: UiState, session: SessionState): readonly EntryRow[] {
	const decidedBy = [session.entries, ui.order, pinsOf(ui, session), ui.filter, ui.faultsOnly, ui.kinds];
	if (decidedBy.some((each, position) => each !== known.decidedBy[position])) {
		known = {decidedBy, rows: listed(ui, session)};
	}

	return known.rows;
}

function listed(ui: UiState, session: SessionState): readonly EntryRow[] {
	const byId = new Map(session.entries.map((row) => [row.id, row]));
	const isShown = filterOf(ui);
	const pinned = new Set(pinsOf(ui, session).map(({id}) => id));
	const rows = ui.order
		.map((id) => byId.get(id))
		.filter((row) => row !== undefined)
		.filter((row) => pinned.has(row.id) || isShown(row));
	return pinned.size === 0
		? rows
		: rows.toSorted((a, b) => Number(pinned.has(b.id)) - Number(pinned.has(a.id)));
}
