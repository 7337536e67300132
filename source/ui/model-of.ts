import type {Hop} from '../path/hop.ts';
import {causesOf} from '../view/causes.ts';
import {mainFinding} from '../path/main-finding.ts';
import {freshnessOf} from '../view/freshness.ts';
import {bannerLines} from '../view/header-line.ts';
import {hopDetail} from '../view/detail/hop-detail.ts';
import type {Line} from '../view/text/line.ts';
import {worstPath} from '../view/first-shown.ts';
import type {EntryRow, Selected} from '../session/state.ts';
import {saysCause} from './lines/says-cause.ts';
import {guideLines, guideRows} from './lines/guide-lines.ts';
import {isSame} from './visited.ts';
import {whyNot} from './keys/availability.ts';
import type {Command} from './keys/command.ts';
import {layoutOf} from './layout.ts';
import {feedTime, type Model} from './model.ts';
import {rowsOf} from './rows.ts';
import type {OpenedTarget, UiState} from './state.ts';
import {wantsOf} from './wants.ts';

export type ModelInput = Pick<Model, 'ui' | 'session' | 'now' | 'deskTime' | 'glyphs' | 'named'> & {
	/** What may stand in for a wanted target that is not walked yet. */
	readonly keepOpen?: Selected;
};

/** Works out the model. Pure; cheap enough for each key. */
export function modelOf(input: ModelInput): Model {
	const {keepOpen, ...given} = input;
	const {ui, session} = given;
	const picked = pickedOf({ui, session, keepOpen});
	const banners = bannerLines(session, {...given, now: feedTime(given)});
	const causes = causesOf(picked.rows);
	const measured = {...given, ...picked, banners, causes};
	const layout = layoutOf({
		...ui.size,
		focus: ui.focus,
		zoom: ui.zoom,
		wants: wantsOf(measured),
		banners: banners.length + guideRows(given),
	});
	const model = {...measured, layout};
	// Only the finished model tells whether a key does something; the layout needed only the number of rows.
	const isRead = freshnessOf(session).state !== 'connecting';
	const whyNotNow = (command: Command) => (isRead ? whyNot(command, {...model, detail: []}) : undefined);
	const guide = guideLines({...given, whyNot: whyNotNow});
	return {...model, banners: [...banners, ...guide], detail: detailOf(model)};
}

export type Picked = Shown & Pick<Model, 'rows' | 'cursor' | 'wanted'>;

/** What is listed, what is wanted of it, and what there is to show of that. */
export function pickedOf({ui, session, keepOpen}: Pick<ModelInput, 'ui' | 'session' | 'keepOpen'>): Picked {
	const rows = rowsOf(ui, session);
	const cursor = rows.findIndex(({id}) => id === ui.cursor);
	const wanted = ui.opened ?? targetOf(rows[cursor]);
	return {rows, cursor, wanted, ...shownOf(ui, wanted, {answer: session.selected, keepOpen})};
}

function targetOf(row: EntryRow | undefined): OpenedTarget | undefined {
	return row && {target: row.target, namespace: row.namespace};
}

type Shown = Pick<Model, 'selected' | 'lingers' | 'trace' | 'path' | 'pathIndex' | 'hop' | 'hopIndex'>;

type Walked = {readonly answer: Selected | undefined; readonly keepOpen: Selected | undefined};

function shownOf(ui: UiState, wanted: OpenedTarget | undefined, {answer, keepOpen}: Walked): Shown {
	const isAnswered = wanted !== undefined && isOf(answer, wanted);
	const selected = isAnswered ? answer : wanted && keepOpen;
	const lingers = !isAnswered && selected !== undefined;
	if (!selected) {
		return {lingers, pathIndex: 0, hopIndex: 0};
	}

	const {trace} = selected;
	const pathIndex = trace
		? Math.min(ui.pathIndex ?? worstPath(trace.paths), Math.max(0, trace.paths.length - 1))
		: 0;
	const path = trace?.paths[pathIndex];
	const hopIndex = hopIndexOf(path?.hops ?? [], ui.hop);
	return {selected, lingers, trace, path, pathIndex, hop: path?.hops[hopIndex], hopIndex};
}

/** Where the wanted hop stands; while there is none, the first hop that a request passes. */
function hopIndexOf(hops: readonly Hop[], wanted: UiState['hop']): number {
	const at = hops.findIndex(({kind}) => kind === wanted);
	return Math.max(0, at >= 0 ? at : hops.findIndex(({status}) => status !== 'skipped'));
}

/** Whether a target was walked, or cannot be. */
function isOf(answer: Selected | undefined, wanted: OpenedTarget): boolean {
	return (
		answer !== undefined &&
		isSame(answer, wanted) &&
		(answer.trace !== undefined || answer.error !== undefined)
	);
}

function detailOf(model: Omit<Model, 'detail'>): readonly Line[] {
	const {hop, path, layout, now, glyphs} = model;
	const box = layout.boxes.find(({sections}) => sections.some(({part}) => part === 'detail'));
	if (!hop || !path || !box) {
		return [];
	}

	const said = saysCause(model) ? mainFinding(path)?.finding : undefined;
	return hopDetail(hop, path, {width: Math.max(1, box.width - (box.border ? 4 : 2)), now, glyphs, said});
}
