import type {Hop} from '../path/hop.ts';
import {entryLine, titleWidthOf} from '../view/entry-line.ts';
import {hopBasis, hopTitle} from '../view/detail/hop-detail.ts';
import {hopLine, hopStrip} from '../view/hop-line.ts';
import {span, type Line} from '../view/line.ts';
import type {Section} from '../view/pane.ts';
import {pathContext, verdictNote} from '../view/path-pane.ts';
import {traceOptionWords} from '../view/words.ts';
import {emptyLines} from './empty-lines.ts';
import type {LayoutSection} from './layout.ts';
import type {Model} from './model.ts';

/** What a section of the screen holds. `width` is that of its box, `inset` the columns that its border takes. */
export function sectionOf(
	{part, rows}: LayoutSection,
	model: Model,
	room: {width: number; border: boolean},
): Section {
	const width = Math.max(1, room.width - (room.border ? 2 : 0));
	switch (part) {
		case 'entries': {
			return entriesSection(model, rows, width);
		}

		case 'path': {
			return pathSection(model, rows, width);
		}

		case 'strip': {
			const lines = model.path ? [hopStrip(model.path, model.hopIndex, width, model.glyphs)] : [];
			return {...pathHead(model), rows, lines};
		}

		case 'preview': {
			return previewSection(model, rows, width);
		}

		case 'detail': {
			return detailSection(model, rows);
		}
	}
}

function entriesSection(model: Model, rows: number, width: number): Section {
	const {ui, session, now, glyphs} = model;
	const shown = model.rows.slice(ui.entriesTop, ui.entriesTop + rows);
	const showNamespace = session.namespace === undefined;
	const focused = ui.focus === 'entries';
	const titleWidth = titleWidthOf(model.rows, showNamespace, width);
	const lines = shown.map((row) =>
		entryLine(row, {
			width,
			selected: row.id === ui.cursor && (ui.opened === undefined || ui.opened.target === row.target),
			focused,
			showNamespace,
			titleWidth,
			now,
			glyphs,
		}),
	);
	return {
		title: entriesTitle(model),
		note: entriesNote(model, rows),
		rows,
		lines: lines.length > 0 ? lines : emptyLines(model, width),
		focused,
	};
}

function entriesTitle({ui, session, rows}: Model): Line {
	const traceOptions = traceOptionWords(session.traceOptions);
	const all = session.entries.length;
	const count = rows.length === all ? `${all}` : `${rows.length} of ${all}`;
	const filter = ui.filter === '' ? '' : ` /${ui.filter}`;
	return [
		span('Entries', undefined, true),
		span(` ${count}`, 'dim'),
		span(filter, 'accent'),
		span(ui.faultsOnly ? ' faults only' : '', 'accent'),
		span(traceOptions && `  ${traceOptions}`, 'accent'),
	];
}

/** How many are broken, and whether there is more above, below, or in another order. */
function entriesNote({ui, rows, glyphs}: Model, height: number): Line {
	const broken = rows.filter(({verdict}) => verdict === 'broken').length;
	const above = ui.entriesTop > 0 ? glyphs.more.up : '';
	const below = ui.entriesTop + height < rows.length ? glyphs.more.down : '';
	const unsorted = ui.isSorted ? '' : 's sorts';
	const parts: Line = [
		...(unsorted ? [span(unsorted, 'dim'), span(' ')] : []),
		...(broken > 0 ? [span(`${broken} broken`, 'broken')] : []),
		...(above || below ? [span(`${broken > 0 ? ' ' : ''}${above}${below}`, 'dim')] : []),
	];
	return parts;
}

function pathHead(model: Model): Pick<Section, 'title' | 'note'> {
	const {path, wanted, rows, cursor, ui} = model;
	const entry = ui.opened ? undefined : rows[cursor];
	const title = path?.title ?? entry?.title ?? wanted?.target ?? 'Path';
	return {title: [span(title, undefined, true)], note: path ? verdictNote(path) : []};
}

function pathSection(model: Model, rows: number, width: number): Section {
	const {session, path, trace, ui, now, glyphs, hopIndex, pathIndex, selected} = model;
	const focused = ui.focus === 'path';
	if (!path || !trace) {
		return {...pathHead(model), rows, lines: waitingLines(model), focused};
	}

	const hops = path.hops.map((hop, position) =>
		hopLine(hop, {
			width,
			selected: position === hopIndex,
			focused,
			path,
			change: selected?.changes[`${pathIndex}/${hop.kind}`],
			now,
			glyphs,
		}),
	);
	const context = [span(' '), ...pathContext(trace, pathIndex, {glyphs, traceOptions: session.traceOptions})];
	return {...pathHead(model), rows, lines: windowed([context, ...hops], rows, hopIndex + 1), focused};
}

/** Keeps a row in sight where there are more than fit. */
function windowed(lines: readonly Line[], rows: number, row: number): readonly Line[] {
	const top =
		lines.length <= rows ? 0 : Math.max(0, Math.min(row - Math.floor(rows / 2), lines.length - rows));
	return lines.slice(top, top + rows);
}

function waitingLines({selected, wanted}: Model): readonly Line[] {
	if (selected?.error) {
		return [[], [span(`  ${selected.error}`, 'degraded')]];
	}

	return wanted ? [[], [span('  walking the path', 'dim')]] : [];
}

/** Of a path that works its hops; else, below the path in one row, what is wrong at the hop that is looked at. */
function previewSection(model: Model, rows: number, width: number): Section {
	const {path, hop, glyphs, hopIndex} = model;
	if (!path || !hop) {
		return {...pathHead(model), rows, lines: waitingLines(model)};
	}

	const strip = hopStrip(path, hopIndex, width, glyphs);
	const lines =
		path.verdict === 'ok'
			? path.hops.filter(({status}) => status !== 'skipped').map((each) => previewHop(each, model, width))
			: [strip, ...indent(model.detail.slice(0, Math.max(0, rows - 1)))];
	return {...pathHead(model), rows, lines: lines.slice(0, rows)};
}

function previewHop(hop: Hop, {path, pathIndex, selected, now, glyphs}: Model, width: number): Line {
	const change = selected?.changes[`${pathIndex}/${hop.kind}`];
	return hopLine(hop, {width, selected: false, focused: false, path: path!, change, now, glyphs});
}

function detailSection(model: Model, rows: number): Section {
	const {hop, ui, detail, glyphs} = model;
	const focused = ui.focus === 'detail';
	if (!hop) {
		return {title: [], rows, lines: [], focused};
	}

	const top = ui.detailTop;
	const above = top > 0 ? glyphs.more.up : '';
	const below = top + rows < detail.length ? glyphs.more.down : '';
	const more = above || below ? [span(`  ${above}${below}`, 'accent')] : [];
	return {
		title: hopTitle(hop),
		note: [...hopBasis(hop), ...more],
		rows,
		lines: indent(detail.slice(top, top + rows)),
		focused,
	};
}

function indent(lines: readonly Line[]): readonly Line[] {
	return lines.map((line) => [span(' '), ...line]);
}
