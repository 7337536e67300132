import type {Command} from './command.ts';
import {commandOf} from './keymap.ts';
import type {KeyPress} from './key-name.ts';
import {lookKey} from './look-keys.ts';
import type {Model} from '../model.ts';
import {overlayLines, topOf, type TextOverlay} from '../lines/overlay-lines.ts';
import {searchAgain, startSearch} from './search-keys.ts';
import type {Overlay, UiState} from '../state.ts';
import {matrixKey} from './matrix-keys.ts';
import {pickerKey} from './picker-keys.ts';
import {pulseKey} from './pulse-keys.ts';
import {step, type Step} from './step.ts';

/** Keys while something lies over the screen. */
export function overlayKey(press: KeyPress, overlay: Overlay, model: Model): Step {
	switch (overlay.kind) {
		case 'pulse':
			return pulseKey(press, overlay, model) ?? textKey(press, overlay, model);
		case 'kinds':
		case 'object':
		case 'differs':
			return textKey(press, overlay, model);
		case 'matrix':
			return matrixKey(press, overlay, model);
		case 'help':
		case 'used-by':
		case 'crossing':
		case 'favourites':
		case 'namespaces':
		case 'contexts':
			return pickerKey(press, overlay, model);
	}
}

function textKey(press: KeyPress, overlay: TextOverlay, model: Model): Step {
	const {ui} = model;
	const command = commandOf(press.name);
	if (command === 'filter') {
		return step(startSearch(model));
	}

	if (press.name === 'n' || press.name === 'N') {
		return step(searchAgain(model, overlay, press.name === 'n' ? 1 : -1));
	}

	const looked = overlay.kind === 'object' ? lookKey(press, command, {overlay, model}) : undefined;
	return (
		looked ??
		step(
			command && closing.has(command) ? {...ui, overlay: undefined} : scrollOverlay(command, overlay, model),
		)
	);
}

function scrollOverlay(command: Command | undefined, overlay: TextOverlay, model: Model): UiState {
	const {ui} = model;
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
	// At its end a log goes on.
	const isAtEnd = overlay.kind === 'object' && model.session.lookedAt?.what === 'log' && top === last;
	return {...ui, overlay: {...overlay, top: isAtEnd ? undefined : top}};
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
	'describe',
	'events',
	'log',
]);
