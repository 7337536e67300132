import type {Command} from './command.ts';
import {commandOf} from './keymap.ts';
import type {KeyPress} from './key-name.ts';
import type {Model} from './model.ts';
import {overlayLines, topOf, type TextOverlay} from './overlay-lines.ts';
import type {Overlay, UiState} from './state.ts';
import {matrixKey} from './matrix-keys.ts';
import {pickerKey} from './picker-keys.ts';
import {step, type Step} from './step.ts';

/** Keys while something lies over the screen. */
export function overlayKey(press: KeyPress, overlay: Overlay, model: Model): Step {
	switch (overlay.kind) {
		case 'kinds':
		case 'pulse':
		case 'object':
		case 'differs': {
			return step(scrollOverlay(press, overlay, model));
		}

		case 'matrix': {
			return matrixKey(press, overlay, model);
		}

		case 'help':
		case 'used-by':
		case 'namespaces':
		case 'contexts': {
			return pickerKey(press, overlay, model);
		}
	}
}

function scrollOverlay(press: KeyPress, overlay: TextOverlay, model: Model): UiState {
	const {ui} = model;
	const command = commandOf(press.name);
	if (command && closing.has(command)) {
		return {...ui, overlay: undefined};
	}

	const inside = Math.max(1, ui.size.rows - 4);
	const last = Math.max(0, overlayLines(overlay.kind, model).length - inside);
	const rows = new Map<Command | undefined, number>([
		['up', -1],
		['down', 1],
		['page-up', -inside],
		['page-down', inside],
		['top', -last],
		['bottom', last],
	]);
	const top = Math.max(0, Math.min(last, topOf(overlay, model) + (rows.get(command) ?? 0)));
	return {...ui, overlay: {...overlay, top}};
}

const closing: ReadonlySet<Command> = new Set([
	'back',
	'quit',
	'help',
	'kinds',
	'open',
	'pulse',
	'differs',
	'yaml',
	'events',
	'log',
]);
