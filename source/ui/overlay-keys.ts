import {commandOf} from './keymap.ts';
import type {KeyPress} from './key-name.ts';
import type {Model} from './model.ts';
import type {Overlay, UiState} from './state.ts';
import {step, type Step} from './step.ts';

/** Keys while something lies over the screen. The list of a picker has its own (ink-select-input). */
export function overlayKey(press: KeyPress, overlay: Overlay, model: Model): Step {
	const {ui} = model;
	switch (overlay.kind) {
		case 'help':
		case 'kinds': {
			return step(scrollOverlay(press, overlay, ui));
		}

		case 'namespaces':
		case 'contexts': {
			return step(overlay.typing ? typeIn(press, overlay, ui) : pickerKey(press, overlay, ui));
		}
	}
}

function scrollOverlay(press: KeyPress, overlay: Extract<Overlay, {top: number}>, ui: UiState): UiState {
	const page = Math.max(1, ui.size.rows - 6);
	switch (commandOf(press.name)) {
		case 'up': {
			return {...ui, overlay: {...overlay, top: Math.max(0, overlay.top - 1)}};
		}

		case 'down': {
			return {...ui, overlay: {...overlay, top: overlay.top + 1}};
		}

		case 'page-up': {
			return {...ui, overlay: {...overlay, top: Math.max(0, overlay.top - page)}};
		}

		case 'page-down': {
			return {...ui, overlay: {...overlay, top: overlay.top + page}};
		}

		case 'back':
		case 'quit':
		case 'help':
		case 'kinds':
		case 'open': {
			return {...ui, overlay: undefined};
		}

		default: {
			return ui;
		}
	}
}

type Picker = Extract<Overlay, {typing: boolean}>;

function pickerKey(press: KeyPress, overlay: Picker, ui: UiState): UiState {
	switch (commandOf(press.name)) {
		case 'filter': {
			return {...ui, overlay: {...overlay, typing: true}};
		}

		case 'back':
		case 'quit': {
			return {...ui, overlay: overlay.filter === '' ? undefined : {...overlay, filter: ''}};
		}

		default: {
			return ui;
		}
	}
}

function typeIn(press: KeyPress, overlay: Picker, ui: UiState): UiState {
	switch (press.name) {
		case 'escape': {
			return {...ui, overlay: {...overlay, typing: false, filter: ''}};
		}

		case 'return':
		case 'down':
		case 'up': {
			return {...ui, overlay: {...overlay, typing: false}};
		}

		case 'backspace':
		case 'delete': {
			return {...ui, overlay: {...overlay, filter: overlay.filter.slice(0, -1)}};
		}

		default: {
			return {...ui, overlay: {...overlay, filter: overlay.filter + press.text}};
		}
	}
}
