import {matrixKinds} from '../../view/report/matrix.ts';
import type {Command} from './command.ts';
import {open} from '../visited.ts';
import {commandOf} from './keymap.ts';
import type {KeyPress} from './key-name.ts';
import type {Model} from '../model.ts';
import type {MatrixOverlay, UiState} from '../state.ts';
import {step, type Step} from './step.ts';
import {clamp} from './moves.ts';

/** Keys of the matrix: a cursor moves over its cells, and the return key opens the path of one. */
export function matrixKey(press: KeyPress, overlay: MatrixOverlay, model: Model): Step {
	const command = commandOf(press.name);
	if (command === 'open') {
		return opened(overlay, model);
	}

	if (command === 'back' || command === 'quit' || command === 'everywhere') {
		return closed({...model.ui, overlay: undefined});
	}

	const move = moves.get(command);
	return step(move ? moved(overlay, model, move) : model.ui);
}

const far = Number.MAX_SAFE_INTEGER;

type Move = {readonly rows?: number; readonly columns?: number};

const moves: ReadonlyMap<Command | undefined, Move> = new Map([
	['up', {rows: -1}],
	['down', {rows: 1}],
	['top', {rows: -far}],
	['bottom', {rows: far}],
	['hop-previous', {columns: -1}],
	['hop-next', {columns: 1}],
]);

function moved(overlay: MatrixOverlay, {ui, session}: Model, {rows = 0, columns = 0}: Move): UiState {
	const all = session.matrix?.rows ?? [];
	const row = clamp(overlay.row + rows, all.length);
	const column = clamp(overlay.column + columns, matrixKinds(all).length);
	return {...ui, overlay: {...overlay, row, column}};
}

function closed(ui: UiState): Step {
	return step(ui, {type: 'session', action: {type: 'everywhere', isWanted: false}});
}

/** The path from the place of the row, at the hop of the column. */
function opened({row, column}: MatrixOverlay, {ui, session, wanted}: Model): Step {
	const place = session.matrix?.rows[row];
	if (!place || !wanted) {
		return step(ui);
	}

	const hop = matrixKinds(session.matrix.rows)[column];
	const hasHop = place.hops.some(({kind, status}) => kind === hop && status !== 'skipped');
	const path = open(ui, {target: wanted.target, namespace: wanted.namespace, from: place.from});
	return closed(hasHop ? {...path, wantedHop: hop, shownKey: undefined} : path);
}
