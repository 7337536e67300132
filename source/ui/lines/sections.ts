import type {HopKind} from '../../path/hop-kind.ts';
import {mainFinding} from '../../path/main-finding.ts';
import {causeLines} from '../../view/cause-lines.ts';
import {clusterLines} from '../../view/pulse-lines.ts';
import {causeId, hasCause} from '../../view/causes.ts';
import {entryColumns} from '../../view/entries/entry-columns.ts';
import {entryFacts} from '../../view/entries/entry-facts.ts';
import {entryHead, entryLine} from '../../view/entries/entry-line.ts';
import {hopBasis, hopTitle} from '../../view/detail/hop-detail.ts';
import {isForbidden} from '../../view/freshness.ts';
import {hopStrip} from '../../view/hop-line.ts';
import {span, type Line} from '../../view/text/line.ts';
import type {Section} from '../../view/pane-lines.ts';
import {hopNames, plural, traceOptionWords} from '../../view/text/words.ts';
import {fittingCauseRows} from './cause-rows.ts';
import {changeLines} from './change-lines.ts';
import {emptyLines} from './empty-lines.ts';
import {furtherSection} from './further-hops.ts';
import {markOf} from '../typing/filter.ts';
import type {Model} from '../model.ts';
import {pinsOf} from '../pins.ts';
import {pathHead} from './path-head.ts';
import {
	causeRowsOf,
	causeSectionLines,
	isShownWhole,
	pathSectionLines,
	previewLines,
} from './path-sections.ts';
import type {FurtherPart, LayoutSection, Part} from '../layout-parts.ts';

/** What a section of the screen holds. `width` is that of its box, `inset` the columns that its border takes. */
export function sectionOf(
	{part, rows}: LayoutSection,
	model: Model,
	room: {width: number; border: boolean},
): Section {
	const width = Math.max(1, room.width - (room.border ? 2 : 0));
	const {path, glyphs} = model;
	if (isFurther(part)) {
		return furtherSection(part.slice('further '.length) as HopKind, model, {rows, width});
	}

	switch (part) {
		case 'entries':
			return entriesSection(model, rows, width);
		case 'causes':
			return causesSection(model, rows, width);
		case 'cluster':
			return clusterSection(model, rows, width);
		case 'changes':
			return changesSection(model, rows, width);
		case 'path':
			return pathSection(model, rows, width);
		case 'strip': {
			const lines = path
				? [
						...causeLines(path, {width, glyphs, rows: rows - 1}),
						hopStrip(path, model.hopIndex, width, glyphs),
					]
				: [];
			return {...pathHead(model, width), rows, lines};
		}

		case 'preview':
			return previewSection(model, rows, width);
		case 'why':
			return {rows, lines: path ? causeLines(path, {width, glyphs, rows}) : []};
		case 'detail':
			return detailSection(model, rows);
		case 'cause':
			return causeSection(model, rows, width);
	}
}

function isFurther(part: Part): part is FurtherPart {
	return part.startsWith('further ');
}

function entriesSection(model: Model, rows: number, width: number): Section {
	const {ui, now, glyphs} = model;
	const focused = ui.focus === 'entries';
	const hasHead = model.rows.length > 0 && rows > 3;
	const height = rows - Number(hasHead);
	const shown = model.rows.slice(ui.entriesTop, ui.entriesTop + height);
	const columns = entryColumns(model.rows, {
		width,
		hasCauses: model.causes.length > 0,
	});
	const causes = new Map(model.causes.map((cause) => [cause.id, cause]));
	const pinned = new Set(pinsOf(ui, model.session).map(({id}) => id));
	const match = markOf(ui.filter);
	const causeOf = (row: Model['rows'][number] | undefined) =>
		row && hasCause(row) ? causes.get(causeId(row)) : undefined;
	const lines = shown.map((row, position) =>
		entryLine(row, {
			width,
			columns,
			selected: row.id === ui.cursor && (ui.opened === undefined || ui.opened.target === row.target),
			focused,
			cause: causeOf(row),
			saysCause: position === 0 || causeOf(shown[position - 1]) !== causeOf(row),
			pinned: pinned.has(row.id),
			match,
			now,
			glyphs,
		}),
	);
	return {
		title: entriesTitle(model),
		note: entriesNote(model, height),
		rows,
		lines:
			lines.length > 0
				? [...(hasHead ? [entryHead(columns, width, glyphs.ellipsis)] : []), ...lines]
				: emptyLines(model, width),
		focused,
	};
}

function entriesTitle({ui, session, rows}: Model): Line {
	const traceOptions = traceOptionWords(session.traceOptions);
	const all = session.entries.length;
	// Without them it is not known how many entries there are.
	const isPartial = isForbidden('Service', session);
	const count = rows.length === all ? `${all}` : `${rows.length} of ${all}`;
	const filter = ui.filter === '' ? '' : ` /${ui.filter}`;
	return [
		span('Entries', undefined, true),
		span(all > 0 || (session.entriesKnown && !isPartial) ? ` ${count}` : '', 'dim'),
		span(isPartial ? ' without Services' : '', 'unknown'),
		span(ui.kinds ? ` ${ui.kinds.join(' ')}` : '', 'accent'),
		span(filter, 'accent'),
		span(ui.faultsOnly ? ' faults only' : '', 'accent'),
		span(traceOptions && `  ${traceOptions}`, 'accent'),
	];
}

/** How many are broken by how many causes, and whether there is more above, below, or in another order. */
function entriesNote({ui, rows, causes, glyphs}: Model, height: number): Line {
	const {broken, ignored} = entryFacts(rows);
	const breaking = causes.filter(({verdict}) => verdict === 'broken').length;
	const above = ui.entriesTop > 0 ? glyphs.more.up : '';
	const below = ui.entriesTop + height < rows.length ? glyphs.more.down : '';
	const by = breaking > 0 && breaking < broken ? ` by ${plural(breaking, 'cause')}` : '';
	// Whoever moved nothing sees it sorted soon.
	const unsorted = ui.isSorted || !ui.moved ? '' : 's sorts';
	const order = ui.sort === 'worst' ? '' : `by ${ui.sort}`;
	return joined([
		span(order, 'dim'),
		span(unsorted, 'dim'),
		span(broken > 0 ? `${broken} broken${by}` : '', 'broken'),
		span(ignored > 0 ? `${ignored} ignored` : '', 'dim'),
		span(`${above}${below}`, 'dim'),
	]);
}

function joined(parts: Line): Line {
	return parts
		.filter(({text}) => text !== '')
		.flatMap((part, position) => (position === 0 ? [part] : [span(' '), part]));
}

function causesSection({causes, glyphs}: Model, rows: number, width: number): Section {
	const lines = fittingCauseRows(causes, rows, {width, glyphs});
	const more = lines.length > rows ? ` ${glyphs.more.down}` : '';
	return {
		title: [span('Causes', undefined, true), span(` ${causes.length}`, 'dim')],
		note: [span(`entries${more}`, 'dim')],
		rows,
		lines,
	};
}

function clusterSection({session, now, glyphs}: Model, rows: number, width: number): Section {
	return {
		title: [span('Cluster', undefined, true)],
		note: [span(':pulse', 'dim')],
		rows,
		lines: clusterLines(session, {width: Math.max(1, width - 2), now, glyphs}).map((line) => [
			span(' '),
			...line,
		]),
	};
}

function changesSection(model: Model, rows: number, width: number): Section {
	return {title: [span('Changes', undefined, true)], rows, lines: changeLines(model, width, rows)};
}

function pathSection(model: Model, rows: number, width: number): Section {
	const focused = model.ui.focus === 'path';
	const {lines, hidden} = fittingPath(model, rows, width);
	const head = pathHead(model, hidden === '' ? width : width - hidden.length - 2);
	const more = hidden === '' ? [] : [span(`  ${hidden}`, 'accent')];
	return {...head, note: [...head.note, ...more], rows, lines, focused};
}

function previewSection(model: Model, rows: number, width: number): Section {
	const {path} = model;
	const lines =
		path && isShownWhole(path)
			? fittingPath(model, rows, width, true).lines
			: previewLines(model, width).slice(0, rows);
	return {...pathHead(model, width), rows, lines};
}

type Fitting = {
	readonly lines: readonly Line[];
	/** Where hops are out of sight. */
	readonly hidden: string;
};

/** Where not all fits the hops move below the cause. */
function fittingPath(model: Model, rows: number, width: number, isPreview?: boolean): Fitting {
	const whole = pathSectionLines(model, width, {isPreview});
	if (whole.lines.length <= rows) {
		return {lines: whole.lines, hidden: ''};
	}

	const causeRows = causeRowsOf(model, rows, width);
	const {lines, causeRows: kept, selected} = pathSectionLines(model, width, {isPreview, causeRows});
	const head = rows < 3 ? 0 : kept;
	const hops = lines.slice(head);
	const top = topOf(hops.length, rows - head, selected - head);
	const {up, down} = model.glyphs.more;
	return {
		lines: [...lines.slice(0, head), ...hops.slice(top, top + rows - head)],
		hidden: `${top > 0 ? up : ''}${top + rows - head < hops.length ? down : ''}`,
	};
}

/** Keeps a row in sight where there are more than fit. */
function topOf(count: number, rows: number, row: number): number {
	return count <= rows ? 0 : Math.max(0, Math.min(row - Math.floor(rows / 2), count - rows));
}

function detailSection(model: Model, rows: number): Section {
	const {hop, ui, detail, glyphs} = model;
	const focused = ui.focus === 'detail';
	if (!hop) {
		return {title: [span('Hop', 'dim')], rows, lines: [], focused};
	}

	const top = ui.detailTop;
	const above = top > 0 ? glyphs.more.up : '';
	const below = top + rows < detail.length ? glyphs.more.down : '';
	const more = above || below ? [span(`  ${above}${below}`, 'accent')] : [];
	return {
		title: hopTitle(hop),
		note: [...hopBasis(hop), ...more],
		rows,
		lines: detail.slice(top, top + rows).map((line) => [span(' '), ...line]),
		focused,
	};
}

function causeSection(model: Model, rows: number, width: number): Section {
	const main = model.path && mainFinding(model.path);
	const goes = model.path?.rootCause ? ' · r goes there' : '';
	return {
		title: [span('Cause', undefined, true), span(main ? `  ${main.finding.code}` : '', 'dim')],
		note: main ? [span(`${hopNames[main.hop.kind]}${goes}`, 'dim')] : [],
		rows,
		lines: causeSectionLines(model, width).slice(0, rows),
	};
}
