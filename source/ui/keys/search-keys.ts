import type {KeyPress} from './key-name.ts';
import {edited, insert, lengthOf} from '../typing/line-edit.ts';
import type {Model} from '../model.ts';
import {plainOverlayLines, topOf, type TextOverlay} from '../lines/overlay-lines.ts';
import {foundFrom} from '../typing/search.ts';
import type {UiState} from '../state.ts';
import {flash, step, type Step} from './step.ts';

/** Opens the line in which one types what to look for. */
export function startSearch({ui}: Model): UiState {
	return {...ui, input: {kind: 'search', text: '', before: ''}};
}

/** Keys while one types what to look for in a text: the first place comes into sight at once. */
export function searchKey(press: KeyPress, input: NonNullable<UiState['input']>, model: Model): Step {
	const {ui} = model;
	const overlay = textOverlayOf(ui);
	if (!overlay || press.name === 'return') {
		return step({...ui, input: undefined});
	}

	if (press.name === 'escape' || (press.name === 'backspace' && input.text === '')) {
		return step({...ui, input: undefined, overlay: {...overlay, search: undefined}});
	}

	const line = {text: input.text, at: input.at ?? lengthOf(input.text)};
	const next = edited(press.name, line) ?? (press.text === '' ? undefined : insert(line, press.text));
	if (!next) {
		return step(ui);
	}

	const search = next.text === '' ? undefined : next.text;
	const typed = {...ui, input: {...input, ...next}, overlay: {...overlay, search}};
	return step(
		search === undefined ? typed : atNext({...model, ui: typed}, {...overlay, search}, {from: 0, by: 1}),
	);
}

/** Goes to the next place, or to the one before. */
export function searchAgain(model: Model, overlay: TextOverlay, by: 1 | -1): UiState {
	const {ui} = model;
	return overlay.search === undefined
		? flash(model, '/ looks for a text')
		: atNext({...model, ui}, overlay, {from: by, by});
}

function atNext(
	model: Model,
	overlay: TextOverlay,
	{from, by}: {readonly from: number; readonly by: 1 | -1},
): UiState {
	const {ui} = model;
	const row = topOf(overlay, model) + from;
	const found = foundFrom(plainOverlayLines(overlay.kind, model), overlay.search ?? '', {row, by});
	return found === undefined
		? flash({...model, ui: {...ui, overlay}}, 'not found', 'degraded')
		: {...ui, overlay: {...overlay, top: found}};
}

function textOverlayOf({overlay}: UiState): TextOverlay | undefined {
	return overlay && !('filter' in overlay) && overlay.kind !== 'matrix' ? overlay : undefined;
}
