import type {HopKind} from '../../path/hop-kind.ts';
import {rowsOf} from '../layout.ts';
import type {Model} from '../model.ts';
import type {UiState} from '../state.ts';

/** Moves what has the keys by a number of rows: entries, hops, or the text of the detail. */
export function moveBy(model: Model, rows: number): UiState {
	switch (model.ui.focus) {
		case 'entries':
			return moveEntry(model, rows);
		case 'path':
			return moveShownHop(model, rows);
		case 'detail':
			return scrollDetail(model, rows);
	}
}

/** Rows of a page of what has the keys. */
export function pageOf({ui, layout}: Model): number {
	return Math.max(1, rowsOf(layout, ui.focus) - 1);
}

export function moveEntry(model: Model, rows: number): UiState {
	const {ui, cursor} = model;
	const position = clamp(cursor + rows, model.rows.length);
	const id = model.rows[position]?.id;
	return id === undefined ? ui : {...ui, cursor: id, moved: true, opened: undefined};
}

export function moveHop({ui, path, hopIndex}: Model, hops: number): UiState {
	const hop = path?.hops[clamp(hopIndex + hops, path.hops.length)]?.kind;
	return hop === undefined ? ui : lookAt(ui, hop);
}

/** Along the rows of the path: hops that are folded into one row come last. */
function moveShownHop(model: Model, rows: number): UiState {
	const {path, hop} = model;
	if (!path || !hop) {
		return model.ui;
	}

	const shown = path.hops.toSorted((a, b) => Number(a.status === 'skipped') - Number(b.status === 'skipped'));
	const passed = shown.filter(({status}) => status !== 'skipped').length;
	const position = Math.min(shown.indexOf(hop), passed);
	const next = shown[clamp(position + rows, Math.min(shown.length, passed + 1))];
	return next === undefined || next === hop ? model.ui : lookAt(model.ui, next.kind);
}

function lookAt(ui: UiState, hop: HopKind): UiState {
	return {...ui, hop, hopChosen: true, detailTop: 0};
}

function scrollDetail({ui, detail, layout}: Model, rows: number): UiState {
	const most = Math.max(0, detail.length - rowsOf(layout, 'detail'));
	return {...ui, detailTop: Math.max(0, Math.min(most, ui.detailTop + rows))};
}

export function clamp(position: number, count: number): number {
	return Math.max(0, Math.min(count - 1, position));
}
