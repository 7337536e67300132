import {fromStart, inNamespace, run} from './commands.ts';
import {cross} from './crossed.ts';
import {open} from '../visited.ts';
import type {KeyPress} from './key-name.ts';
import type {Model} from '../model.ts';
import {pickable, type Choice} from '../pickable.ts';
import type {PickerOverlay, UiState} from '../state.ts';
import {step, type Step} from './step.ts';

/** Keys of a picker: what is typed narrows it at once; only keys without a letter move, pick and close. */
export function pickerKey(press: KeyPress, overlay: PickerOverlay, model: Model): Step {
	const next = stepOf(press, overlay, model);
	return overlay.kind === 'crossing' && next.ui.overlay?.kind !== 'crossing' ? noLongerCrossing(next) : next;
}

/** What nobody looks at need not be kept up to date. */
function noLongerCrossing({ui, effects}: Step): Step {
	return step(ui, ...effects, {type: 'session', action: {type: 'cross'}});
}

function stepOf(press: KeyPress, overlay: PickerOverlay, model: Model): Step {
	switch (press.name) {
		case 'return':
			return pick(overlay, model);
		case 'escape':
			return step(cleared(overlay, model.ui));
		case 'backspace':
		case 'delete':
			return step(narrowed(overlay.filter.slice(0, -1), overlay, model.ui));
		default:
			return step(moveOrType(press, overlay, model));
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

	// Nothing is looked for yet, and these letters open or close such lists elsewhere.
	if (overlay.filter === '' && closes(press.name, overlay)) {
		return {...model.ui, overlay: undefined};
	}

	const text = press.text === '/' && overlay.filter === '' ? '' : press.text;
	return text === '' ? model.ui : narrowed(overlay.filter + text, overlay, model.ui);
}

function closes(key: string, {kind}: PickerOverlay): boolean {
	return (
		(key === '?' || key === 'q') &&
		(kind === 'help' || kind === 'used-by' || kind === 'crossing' || kind === 'favourites')
	);
}

function pick(overlay: PickerOverlay, model: Model): Step {
	const choice = pickable(overlay, model)[overlay.cursor];
	if (!choice) {
		return step(model.ui);
	}

	const closed = {...model, ui: {...model.ui, overlay: undefined}};
	switch (overlay.kind) {
		case 'contexts':
			return step(fromStart(closed.ui), {
				type: 'session',
				action: {type: 'context', context: choice.name ?? ''},
			});
		case 'namespaces':
			return step(inNamespace(closed, choice.name), {
				type: 'session',
				action: {type: 'namespace', namespace: choice.name},
			});
		case 'help':
		case 'favourites':
		case 'crossing':
		case 'used-by':
			return chosen(choice, closed);
	}
}

/** A key is pressed for the person, a word is written into the line after `:`, a target is opened. */
function chosen({command, word, target, crosses}: Choice, model: Model): Step {
	if (crosses) {
		return cross(crosses, model);
	}

	if (command) {
		return run(command, model);
	}

	return target
		? step(open(model.ui, target))
		: step({...model.ui, input: {kind: 'command', text: `${word} `, before: ''}});
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

function moved(rows: number, overlay: PickerOverlay, model: Model): UiState {
	const last = pickable(overlay, model).length - 1;
	return {...model.ui, overlay: {...overlay, cursor: Math.max(0, Math.min(last, overlay.cursor + rows))}};
}
