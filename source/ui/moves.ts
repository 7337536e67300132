import {rowsOf} from './layout.ts';
import type {Model} from './model.ts';
import type {UiState} from './state.ts';

/** Moves what has the keys by a number of rows: entries, hops, or the text of the detail. */
export function moveBy(model: Model, rows: number): UiState {
	switch (model.ui.focus) {
		case 'entries': {
			return moveEntry(model, rows);
		}

		case 'path': {
			return moveHop(model, rows);
		}

		case 'detail': {
			return scrollDetail(model, rows);
		}
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
	return hop === undefined ? ui : {...ui, hop, hopChosen: true, detailTop: 0};
}

function scrollDetail({ui, detail, layout}: Model, rows: number): UiState {
	const most = Math.max(0, detail.length - rowsOf(layout, 'detail'));
	return {...ui, detailTop: Math.max(0, Math.min(most, ui.detailTop + rows))};
}

function clamp(position: number, count: number): number {
	return Math.max(0, Math.min(count - 1, position));
}
