import {isRootCause} from '../view/hop-line.ts';
import {pathMarkdown} from '../view/path-markdown.ts';
import {whyNot} from './availability.ts';
import type {Command} from './command.ts';
import {commandToCopy} from './copy-text.ts';
import type {Focus} from './layout.ts';
import type {Model} from './model.ts';
import {moveBy, moveEntry, moveHop, pageOf} from './moves.ts';
import {openPicker} from './pickable.ts';
import {sorted} from './order.ts';
import type {UiState} from './state.ts';
import {flash, step, type Step} from './step.ts';

/** Does what a key asks for; says why when that is not possible now. */
export function run(command: Command, model: Model): Step {
	const why = whyNot(command, model);
	return why === undefined ? handlers[command](model) : step(flash(model, why, 'degraded'));
}

const far = Number.MAX_SAFE_INTEGER;
const foci: readonly Focus[] = ['entries', 'path', 'detail'];

const handlers: Readonly<Record<Command, (model: Model) => Step>> = {
	up: (model) => step(moveBy(model, -1)),
	down: (model) => step(moveBy(model, 1)),
	'page-up': (model) => step(moveBy(model, -pageOf(model))),
	'page-down': (model) => step(moveBy(model, pageOf(model))),
	top: (model) => step(moveBy(model, -far)),
	bottom: (model) => step(moveBy(model, far)),
	open: (model) => step(deeper(model)),
	back: (model) => step(back(model.ui)),
	'hop-previous': (model) => step(moveHop(model, -1)),
	'hop-next': (model) => step(moveHop(model, 1)),
	'focus-next': (model) => step(focusAfter(model, 1)),
	'focus-previous': (model) => step(focusAfter(model, -1)),
	'entry-previous': (model) => step(moveEntry(model, -1)),
	'entry-next': (model) => step(moveEntry(model, 1)),
	'path-previous': (model) => step(otherPath(model, -1)),
	'path-next': (model) => step(otherPath(model, 1)),
	'broken-hop': (model) => step(goToHop(model, ({kind}) => kind === model.path?.brokenAt)),
	'root-cause': (model) =>
		step(goToHop(model, (hop) => model.path !== undefined && isRootCause(hop, model.path))),
	namespaces: ({ui, session}) => step({...ui, overlay: openPicker('namespaces', session)}),
	'all-namespaces': (model) => step(fromStart(model.ui), {type: 'session', action: {type: 'namespace'}}),
	contexts: ({ui, session}) => step({...ui, overlay: openPicker('contexts', session)}),
	kinds: ({ui}) => step({...ui, overlay: {kind: 'kinds', top: 0}}),
	filter: ({ui}) =>
		step({
			...ui,
			focus: 'entries',
			opened: undefined,
			input: {kind: 'filter', text: ui.filter, before: ui.filter},
		}),
	command: ({ui}) => step({...ui, input: {kind: 'command', text: '', before: ''}}),
	faults: (model) => step(toggleFaults(model)),
	resort: (model) => step(resort(model)),
	pause: (model) => step(togglePause(model)),
	'probe-hop': (model) => probe(model, true),
	'probe-path': (model) => probe(model, false),
	copy,
	'copy-summary': copySummary,
	help: ({ui}) => step({...ui, overlay: {kind: 'help', top: 0}}),
	redraw: ({ui}) => step(ui, {type: 'redraw'}),
	suspend: ({ui}) => step(ui, {type: 'suspend'}),
	quit: ({ui}) => (isFirstScreen(ui) ? step(ui, {type: 'exit'}) : step(back(ui))),
	'quit-now': ({ui}) => step(ui, {type: 'exit'}),
};

function deeper(model: Model): UiState {
	const {ui} = model;
	if (ui.focus === 'entries' && !model.wanted) {
		return flash(model, 'there is no entry to open');
	}

	return {...ui, focus: ui.focus === 'entries' ? 'path' : 'detail'};
}

function isFirstScreen(ui: UiState): boolean {
	return ui.focus === 'entries' && ui.filter === '' && !ui.faultsOnly && !ui.opened;
}

/** One step back: pane by pane, then the typed target, the filter, the faults. */
function back(ui: UiState): UiState {
	if (ui.focus === 'detail') {
		return {...ui, focus: 'path', detailTop: 0};
	}

	if (ui.focus === 'path') {
		return {...ui, focus: 'entries', opened: undefined, detailTop: 0};
	}

	return ui.filter !== '' ? {...ui, filter: ''} : {...ui, faultsOnly: false, opened: undefined};
}

function focusAfter(model: Model, by: number): UiState {
	const {ui} = model;
	if (!model.wanted) {
		return ui;
	}

	const next = foci[(foci.indexOf(ui.focus) + by + foci.length) % foci.length]!;
	return {...ui, focus: next, ...(next === 'entries' ? {opened: undefined} : {})};
}

function otherPath({ui, trace, pathIndex}: Model, by: number): UiState {
	const count = trace?.paths.length ?? 1;
	return {...ui, pathIndex: (pathIndex + by + count) % count, detailTop: 0};
}

function goToHop(model: Model, isWanted: (hop: NonNullable<Model['hop']>) => boolean): UiState {
	const hop = model.path?.hops.find((hop) => isWanted(hop))?.kind;
	return hop === undefined ? model.ui : {...model.ui, hop, hopChosen: true, detailTop: 0};
}

function toggleFaults(model: Model): UiState {
	const faultsOnly = !model.ui.faultsOnly;
	return {...flash(model, faultsOnly ? 'faults only' : 'all entries'), faultsOnly};
}

function resort(model: Model): UiState {
	const order = sorted(model.session.entries, model.ui).map(({id}) => id);
	return {...flash(model, 'sorted'), order, isSorted: true};
}

function togglePause(model: Model): UiState {
	return {...model.ui, pausedSince: model.ui.pausedSince === undefined ? model.now : undefined};
}

/** What changes with another namespace or context: a list that nobody touched yet. */
export function fromStart(ui: UiState): UiState {
	return {
		...ui,
		order: [],
		orderOf: undefined,
		cursor: undefined,
		moved: false,
		filled: false,
		opened: undefined,
		entriesTop: 0,
		focus: 'entries',
		filter: '',
	};
}

function probe(model: Model, hopOnly: boolean): Step {
	const hop = hopOnly ? model.hop?.kind : undefined;
	const action = {type: 'probe', path: model.pathIndex, hop} as const;
	return step(model.ui, {type: 'session', action});
}

function copy(model: Model): Step {
	const text = commandToCopy(model) ?? '';
	return step(model.ui, {type: 'copy', text, what: text});
}

function copySummary(model: Model): Step {
	const text = model.trace && model.path ? pathMarkdown(model.trace, model.path) : '';
	return step(model.ui, {type: 'copy', text, what: 'a summary of this path, in Markdown'});
}
