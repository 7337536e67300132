import {fromStart} from './commands.ts';
import type {KeyPress} from './key-name.ts';
import type {Model} from './model.ts';
import {pickable} from './pickable.ts';
import type {PickerOverlay, UiState} from './state.ts';
import {step, type Step} from './step.ts';

/** Keys of a picker: what is typed narrows it at once; only keys without a letter move, pick and close. */
export function pickerKey(press: KeyPress, overlay: PickerOverlay, model: Model): Step {
	switch (press.name) {
		case 'return': {
			return pick(overlay, model);
		}

		case 'escape': {
			return step(cleared(overlay, model.ui));
		}

		case 'backspace':
		case 'delete': {
			return step(narrowed(overlay.filter.slice(0, -1), overlay, model.ui));
		}

		default: {
			return step(moveOrType(press, overlay, model));
		}
	}
}

function cleared(overlay: PickerOverlay, ui: UiState): UiState {
	return overlay.filter === '' ? {...ui, overlay: undefined} : narrowed('', overlay, ui);
}

function narrowed(filter: string, overlay: PickerOverlay, ui: UiState): UiState {
	return {...ui, overlay: {...overlay, filter, cursor: 0}};
}

function moveOrType(press: KeyPress, overlay: PickerOverlay, model: Model): UiState {
	const rows = rowsOf(press.name, model.ui);
	if (rows !== 0) {
		return moved(rows, overlay, model);
	}

	// A slash opens filters elsewhere: here one is open already.
	const text = press.text === '/' && overlay.filter === '' ? '' : press.text;
	return text === '' ? model.ui : narrowed(overlay.filter + text, overlay, model.ui);
}

function pick(overlay: PickerOverlay, {ui, session}: Model): Step {
	const choice = pickable(overlay, session)[overlay.cursor];
	if (!choice) {
		return step(ui);
	}

	const fresh = {...fromStart(ui), overlay: undefined};
	if (overlay.kind === 'contexts') {
		return step(fresh, {type: 'session', action: {type: 'context', context: choice.name ?? ''}});
	}

	const namespace = choice.name === undefined ? {} : {namespace: choice.name};
	return step(fresh, {type: 'session', action: {type: 'namespace', ...namespace}});
}

/** How far a key moves; 0 for keys that do not. */
function rowsOf(key: string, ui: UiState): number {
	const page = Math.max(1, ui.size.rows - 5);
	const far = Number.MAX_SAFE_INTEGER;
	const moves: Readonly<Record<string, number>> = {
		up: -1,
		down: 1,
		'ctrl-p': -1,
		'ctrl-n': 1,
		'page-up': -page,
		'page-down': page,
		home: -far,
		end: far,
	};
	return moves[key] ?? 0;
}

function moved(rows: number, overlay: PickerOverlay, {ui, session}: Model): UiState {
	const last = pickable(overlay, session).length - 1;
	return {...ui, overlay: {...overlay, cursor: Math.max(0, Math.min(last, overlay.cursor + rows))}};
}
