import type {Command} from './command.ts';
import {fromStart} from './commands.ts';
import {commandOf} from './keymap.ts';
import type {KeyPress} from './key-name.ts';
import type {Model} from './model.ts';
import {pickable} from './pickable.ts';
import type {PickerOverlay, UiState} from './state.ts';
import {step, type Step} from './step.ts';

/** Keys of a picker: move, pick, filter, close. */
export function pickerKey(press: KeyPress, overlay: PickerOverlay, model: Model): Step {
	if (press.name === 'return') {
		return pick(overlay, model);
	}

	return step(
		overlay.typing ? typeIn(press, overlay, model) : command(commandOf(press.name), overlay, model),
	);
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

function command(command: Command | undefined, overlay: PickerOverlay, model: Model): UiState {
	const {ui} = model;
	if (command === 'filter') {
		return {...ui, overlay: {...overlay, typing: true}};
	}

	if (command === 'back' || command === 'quit') {
		return {...ui, overlay: overlay.filter === '' ? undefined : {...overlay, filter: '', cursor: 0}};
	}

	const rows = rowsOf(command, ui);
	return rows === 0 ? ui : moved(rows, overlay, model);
}

function rowsOf(command: Command | undefined, ui: UiState): number {
	const page = Math.max(1, ui.size.rows - 5);
	const far = Number.MAX_SAFE_INTEGER;
	const moves: Partial<Record<Command, number>> = {
		up: -1,
		down: 1,
		'page-up': -page,
		'page-down': page,
		top: -far,
		bottom: far,
	};
	return command === undefined ? 0 : (moves[command] ?? 0);
}

function moved(rows: number, overlay: PickerOverlay, {ui, session}: Model): UiState {
	const last = pickable(overlay, session).length - 1;
	return {...ui, overlay: {...overlay, cursor: Math.max(0, Math.min(last, overlay.cursor + rows))}};
}

function typeIn(press: KeyPress, overlay: PickerOverlay, model: Model): UiState {
	const {ui} = model;
	switch (press.name) {
		case 'escape': {
			return {...ui, overlay: {...overlay, typing: false, filter: '', cursor: 0}};
		}

		case 'up':
		case 'down': {
			return moved(press.name === 'up' ? -1 : 1, overlay, model);
		}

		case 'backspace':
		case 'delete': {
			return {...ui, overlay: {...overlay, filter: overlay.filter.slice(0, -1), cursor: 0}};
		}

		default: {
			return {...ui, overlay: {...overlay, filter: overlay.filter + press.text, cursor: 0}};
		}
	}
}
