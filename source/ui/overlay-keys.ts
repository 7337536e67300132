import type {Command} from './command.ts';
import {commandOf} from './keymap.ts';
import type {KeyPress} from './key-name.ts';
import type {Model} from './model.ts';
import type {Overlay, UiState} from './state.ts';
import {pickerKey} from './picker-keys.ts';
import {step, type Step} from './step.ts';

/** Keys while something lies over the screen. */
export function overlayKey(press: KeyPress, overlay: Overlay, model: Model): Step {
	const {ui} = model;
	switch (overlay.kind) {
		case 'help':
		case 'kinds': {
			return step(scrollOverlay(press, overlay, ui));
		}

		case 'namespaces':
		case 'contexts': {
			return pickerKey(press, overlay, model);
		}
	}
}

function scrollOverlay(press: KeyPress, overlay: Extract<Overlay, {top: number}>, ui: UiState): UiState {
	const command = commandOf(press.name);
	if (command && closing.has(command)) {
		return {...ui, overlay: undefined};
	}

	const page = Math.max(1, ui.size.rows - 6);
	const rows = new Map<Command | undefined, number>([
		['up', -1],
		['down', 1],
		['page-up', -page],
		['page-down', page],
		['top', -overlay.top],
	]);
	return {...ui, overlay: {...overlay, top: Math.max(0, overlay.top + (rows.get(command) ?? 0))}};
}

const closing: ReadonlySet<Command> = new Set(['back', 'quit', 'help', 'kinds', 'open']);
