import {firstHop, hopToFix} from '../view/first-shown.ts';
import type {EntryRow, SessionState} from '../session/state.ts';
import {entryRowsOf, rowsOf as layoutRows} from './layout.ts';
import type {Model} from './model.ts';
import {modelOf, pickedOf, type ModelInput, type Picked} from './model-of.ts';
import {isOutOfOrder, nextOrder, rankOfRow} from './order.ts';
import {rowsOf} from './rows.ts';
import type {UiState} from './state.ts';
import {windowTop} from './window.ts';

/**
Brings the state of the person in line with that of the session: order, cursor, hop and scroll positions. Calm: what is
being read stays where it is; only a screen that nobody touched yet follows what is worst.
*/
export function reconcile(input: ModelInput): Model {
	const listed = withCursor(withOrder(input.ui, input.session.entries, input.now), input.session);
	const ui = withHop(listed, pickedOf({...input, ui: listed}));
	return scrolled(modelOf({...input, ui}));
}

/** An untouched list follows what is worst no oftener than this: rows that jump cannot be read. Milliseconds. */
const followEvery = 5000;

function withOrder(ui: UiState, entries: readonly EntryRow[], now: number): UiState {
	const rests = !ui.moved || (ui.order[0] === ui.cursor && ui.focus === 'entries');
	const isDue = !ui.filled || ui.followedAt === undefined || now - ui.followedAt >= followEvery;
	const resort = rests && isDue;
	if (ui.orderOf === entries && (ui.isSorted || !resort)) {
		return ui;
	}

	const order = nextOrder(ui.order, entries, {resort, by: ui});
	const followedAt = resort && ui.filled && order !== ui.order ? now : ui.followedAt;
	return {...ui, order, orderOf: entries, isSorted: resort || !isOutOfOrder(order, entries, ui), followedAt};
}

function withCursor(ui: UiState, session: SessionState): UiState {
	const {entries} = session;
	const rows = rowsOf(ui, session);
	const opened = ui.opened && rows.find(({target}) => target === ui.opened?.target);
	const current = opened ?? rows.find(({id}) => id === ui.cursor);
	const filled = ui.filled || (entries.length > 0 && entries.every(({verdict}) => verdict !== undefined));
	// What was chosen may be in a list that is still to come.
	const waits = !current && ui.moved && !session.entriesKnown;
	const cursor = waits ? ui.cursor : cursorAmong(ui, rows, current);
	// In the list the cursor stands on it, and nothing more has to be remembered.
	const isListed = opened !== undefined && ui.focus === 'entries';
	return cursor === ui.cursor && filled === ui.filled && !isListed
		? ui
		: {...ui, cursor, filled, opened: isListed ? undefined : ui.opened};
}

function cursorAmong(
	ui: UiState,
	rows: readonly EntryRow[],
	current: EntryRow | undefined,
): string | undefined {
	const [first] = rows;
	if (!current) {
		return rows.length === 0 ? ui.cursor : (rows[Math.min(ui.entriesTop, rows.length - 1)] ?? first)?.id;
	}

	const untouched = !ui.moved && ui.focus === 'entries' && first !== undefined;
	const worse = first !== undefined && rankOfRow(first) < rankOfRow(current);
	return untouched && (worse || !ui.filled) ? first.id : current.id;
}

function withHop(ui: UiState, {path, wanted, pathIndex, lingers}: Picked): UiState {
	if (lingers) {
		return ui;
	}

	const key = wanted ? JSON.stringify([wanted.namespace, wanted.target, wanted.from]) : '';
	const fresh = ui.shownKey === key ? ui : freshPath(ui, key);
	if (!path) {
		return fresh;
	}

	const pinned = fresh.focus !== 'entries' && fresh.pathIndex === undefined ? {...fresh, pathIndex} : fresh;
	const hop = hopOf(pinned, path);
	const faultAt = hopToFix(path)?.kind;
	return hop === pinned.hop && pinned.faultAt === faultAt ? pinned : {...pinned, hop, faultAt};
}

function freshPath(ui: UiState, shownKey: string): UiState {
	return {
		...ui,
		shownKey,
		hop: ui.wantedHop,
		wantedHop: undefined,
		faultAt: undefined,
		hopChosen: ui.wantedHop !== undefined,
		detailTop: 0,
		pathIndex: undefined,
	};
}

function hopOf(ui: UiState, path: NonNullable<Model['path']>): UiState['hop'] {
	// While lists are still to come nothing but a break is decided: the first hop will do.
	if (!ui.hopChosen && path.brokenAt === undefined && isWaiting(path)) {
		return undefined;
	}

	const there = path.hops.some(({kind}) => kind === ui.hop);
	const faultAt = hopToFix(path)?.kind;
	const isNews = faultAt !== undefined && faultAt !== ui.faultAt;
	return there && (ui.hopChosen || !isNews) ? ui.hop : path.hops[firstHop(path)]?.kind;
}

/** The cursor is within the window of the list, and the detail is scrolled no further than it is long. */
function scrolled(model: Model): Model {
	const {ui, rows, cursor, detail, layout} = model;
	const height = entryRowsOf(layout);
	const entriesTop = windowTop({count: rows.length, height, cursor: Math.max(0, cursor), top: ui.entriesTop});
	const detailTop = Math.min(ui.detailTop, Math.max(0, detail.length - layoutRows(layout, 'detail')));
	return entriesTop === ui.entriesTop && detailTop === ui.detailTop
		? model
		: {...model, ui: {...ui, entriesTop, detailTop}};
}

function isWaiting({hops}: NonNullable<Model['path']>): boolean {
	return hops.some(({findings}) => findings.some(({access}) => access === 'pending'));
}
