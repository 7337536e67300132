import {isRootCause} from '../../view/hop-line.ts';
import {whyNot} from './availability.ts';
import type {Command} from './command.ts';
import {copy, copySummary} from './copy-steps.ts';
import {elsewhere} from '../elsewhere.ts';
import {lastView, travel, visited} from '../visited.ts';
import {cross, openedPod} from './crossed.ts';
import {onPath} from './held-keys.ts';
import type {Model} from '../model.ts';
import {look} from './look-keys.ts';
import {moveBy, moveEntry, moveHop, pageOf} from './moves.ts';
import {numbered, openPicker} from '../pickable.ts';
import {sorted} from '../order.ts';
import {pinPlace, pinsOf} from '../pins.ts';
import {probe} from './probe-step.ts';
import type {PickerOverlay, UiState} from '../state.ts';
import {flash, step, type Step} from './step.ts';
import type {Focus} from '../layout-parts.ts';

/** Does what a key asks for; says why when that is not possible now. */
export function run(command: Command, model: Model, key = ''): Step {
	const why = whyNot(command, model);
	const acting = ofEntry.has(command) ? withEntryChosen(model) : model;
	return why === undefined ? handlers[command](acting, key) : step(flash(model, why, 'degraded'));
}

/** A person who does something with an entry has chosen it: the cursor no longer follows the worst one. */
function withEntryChosen(model: Model): Model {
	return {...model, ui: {...model.ui, moved: true}};
}

const ofEntry: ReadonlySet<Command> = new Set<Command>([
	...onPath,
	'open',
	'focus-next',
	'focus-previous',
	'pin',
]);

const far = Number.MAX_SAFE_INTEGER;
const foci: readonly Focus[] = ['entries', 'path', 'detail'];

const handlers: Readonly<Record<Command, (model: Model, key: string) => Step>> = {
	up: (model) => step(moveBy(model, -1)),
	down: (model) => step(moveBy(model, 1)),
	'page-up': (model) => step(moveBy(model, -pageOf(model))),
	'page-down': (model) => step(moveBy(model, pageOf(model))),
	top: (model) => step(moveBy(model, -far)),
	bottom: (model) => step(moveBy(model, far)),
	open: (model) => step(deeper(model)),
	back: (model) => toList(model) ?? step(back(model.ui)),
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
	namespaces: (model) => step(picking(model, 'namespaces')),
	'all-namespaces': (model) =>
		step(inNamespace(model, undefined), {type: 'session', action: {type: 'namespace'}}),
	contexts: (model) => step(picking(model, 'contexts')),
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
	pause: (model) =>
		model.session.playback
			? step(model.ui, {type: 'session', action: {type: 'play', request: 'pause'}})
			: step(togglePause(model)),
	'probe-hop': (model) => probe(model, true),
	'probe-path': (model) => probe(model, false),
	copy,
	'copy-summary': copySummary,
	help: (model) => step(picking(model, 'help')),
	yaml: (model) => look('yaml', model),
	describe: (model) => look('describe', model),
	events: (model) => look('events', model),
	log: (model) => look('log', model),
	'used-by': usedBy,
	everywhere: ({ui}) =>
		step(
			{...ui, overlay: {kind: 'matrix', row: 0, column: 0}},
			{type: 'session', action: {type: 'everywhere', isWanted: true}},
		),
	pulse: ({ui}) => step({...ui, overlay: {kind: 'pulse', top: 0}}),
	'history-back': ({ui}) => step(travel(ui, -1)),
	'history-forward': ({ui}) => step(travel(ui, 1)),
	'last-view': ({ui}) => step(lastView(ui)),
	favourite: (model, key) => favourite(model, key),
	pin,
	favourites: (model) => step(picking(model, 'favourites')),
	'sort-worst': (model) => step(sortedBy(model, {sort: 'worst'})),
	'sort-name': (model) => step(sortedBy(model, {sort: 'name'})),
	'sort-namespace': (model) => step(sortedBy(model, {sort: 'namespace'})),
	'sort-since': (model) => step(sortedBy(model, {sort: 'since'})),
	group: (model) => step(sortedBy(model, {grouped: !model.ui.grouped})),
	'zoom-in': ({ui}) => step({...ui, zoom: ui.zoom === 'normal' ? 'half' : 'full'}),
	'zoom-out': ({ui}) => step({...ui, zoom: ui.zoom === 'full' ? 'half' : 'normal'}),
	'past-back': (model) => inTime(model, 'back'),
	'past-forward': (model) => inTime(model, 'forward'),
	'past-now': ({ui}) => step(ui, {type: 'session', action: {type: 'past', to: 'now'}}),
	differs: ({ui}) => step({...ui, overlay: {kind: 'differs', top: 0}}),
	save: ({ui}) => step(ui, {type: 'session', action: {type: 'save'}}),
	redraw: ({ui}) => step(ui, {type: 'redraw'}),
	suspend: ({ui}) => step(ui, {type: 'suspend'}),
	quit: (model) =>
		toList(model) ?? (isFirstScreen(model.ui) ? step(model.ui, {type: 'exit'}) : step(back(model.ui))),
	'quit-now': ({ui}) => step(ui, {type: 'exit'}),
};

function usedBy(model: Model): Step {
	const pod = openedPod(model);
	return pod ? cross(pod, model) : step(picking(model, 'used-by'));
}

/** A recording steps itself; what is live is remembered. */
function inTime({ui, session}: Model, to: 'back' | 'forward'): Step {
	const action = session.playback
		? ({type: 'play', request: `step-${to}`} as const)
		: ({type: 'past', to} as const);
	return step(ui, {type: 'session', action});
}

function deeper(model: Model): UiState {
	const {ui} = model;
	if (ui.focus === 'entries' && !model.wanted) {
		return flash(model, 'there is no entry to open');
	}

	return ui.focus === 'entries' && model.wanted
		? {...visited(ui, model.wanted), focus: 'path'}
		: {...ui, focus: 'detail'};
}

function isFirstScreen(ui: UiState): boolean {
	return ui.focus === 'entries' && ui.filter === '' && !ui.faultsOnly && !ui.kinds && !ui.opened;
}

/** One step back: pane by pane, then the typed target, the filter, the faults. */
function back(ui: UiState): UiState {
	if (ui.focus === 'detail') {
		return {...ui, focus: 'path', detailTop: 0};
	}

	if (ui.focus === 'path') {
		return {...ui, focus: 'entries', opened: undefined, detailTop: 0};
	}

	return ui.filter !== ''
		? {...ui, filter: ''}
		: {...ui, faultsOnly: false, kinds: undefined, opened: undefined};
}

/** From the target that knet was started with to the list of its namespace: the person never saw the list of another one. */
function toList(model: Model): Step | undefined {
	const {ui, session} = model;
	const isFirst = ui.focus === 'path' && ui.visited.places.length === 0 && ui.opened?.namespace === undefined;
	const namespace = ui.opened && isFirst ? elsewhere(model) : undefined;
	return namespace === undefined || namespace === session.namespace
		? undefined
		: step(
				{...inNamespace(model, namespace), opened: ui.opened, moved: true},
				{type: 'session', action: {type: 'namespace', namespace}},
			);
}

function focusAfter(model: Model, by: number): UiState {
	const {ui} = model;
	if (!model.wanted) {
		return ui;
	}

	const next = foci[(foci.indexOf(ui.focus) + by + foci.length) % foci.length]!;
	return {...ui, focus: next, opened: next === 'entries' ? undefined : ui.opened};
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
	return sortedBy(model, {});
}

/** Sorts again, by what is given or as before. */
function sortedBy(model: Model, change: Partial<Pick<UiState, 'sort' | 'grouped'>>): UiState {
	const ui = {...model.ui, ...change};
	const order = sorted(model.session.entries, ui).map(({id}) => id);
	const by = ui.sort === 'worst' ? 'worst first' : `by ${ui.sort}`;
	const text = `sorted ${by}${ui.grouped ? ', grouped by cause' : ''}`;
	return {...flash({...model, ui}, text), order, isSorted: true};
}

function picking(model: Model, kind: PickerOverlay['kind']): UiState {
	return {...model.ui, overlay: openPicker(kind, model)};
}

/** Keeps the entry under the cursor on top, or no more. */
function pin({ui, session, rows, cursor}: Model): Step {
	const row = rows[cursor];
	if (!row) {
		return step(ui);
	}

	const {id, title, namespace, target} = row;
	const before = pinsOf(ui, session);
	const others = before.filter((each) => each.id !== id);
	const pins = others.length < before.length ? others : [...before, {id, title, namespace, target}];
	const place = pinPlace(session.source);
	return step({...ui, pins: {...ui.pins, [place]: pins}}, {type: 'remember', place, pins});
}

function favourite(model: Model, key: string): Step {
	const namespace = numbered(model.ui.recent, model.session)[Number(key) - 1];
	return namespace === undefined
		? step(flash(model, `there is no namespace ${key}`, 'degraded'))
		: step(inNamespace(model, namespace), {type: 'session', action: {type: 'namespace', namespace}});
}

/** The list of a namespace from its start, or from the entry that was chosen, where it is listed there; the one that is left keeps its number. */
export function inNamespace({ui, session, rows, cursor}: Model, namespace: string | undefined): UiState {
	const seen = [session.namespace, namespace].filter((name) => name !== undefined);
	const row = ui.moved ? rows[cursor] : undefined;
	const stays = row !== undefined && [undefined, row.namespace].includes(namespace);
	return {
		...fromStart(ui),
		cursor: stays ? row.id : undefined,
		moved: stays,
		recent: [...new Set([...ui.recent, ...seen])],
	};
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
