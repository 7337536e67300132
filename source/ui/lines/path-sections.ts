import {mainFinding} from '../../path/main-finding.ts';
import type {Path} from '../../path/report.ts';
import {causeLines, saysWhole} from '../../view/cause-lines.ts';
import {findingLines, remedyLines} from '../../view/detail/finding-lines.ts';
import {hopDetail} from '../../view/detail/hop-detail.ts';
import {hopStrip} from '../../view/hop-line.ts';
import {span, type Line} from '../../view/text/line.ts';
import {pathLines, type PathLines} from '../../view/path-lines.ts';
import {freshnessOf} from '../../view/freshness.ts';
import {stillReading} from '../../view/still-reading.ts';
import {wrap} from '../../view/text/wrap.ts';
import {whyNoProbe} from '../keys/availability.ts';
import {keysOf} from '../keys/keymap.ts';
import type {Measured} from '../model.ts';

/** The path with its cause, hop by hop; a preview offers no test. */
export function pathSectionLines(
	model: Measured,
	width: number,
	{isPreview = false, causeRows}: {readonly isPreview?: boolean; readonly causeRows?: number} = {},
): PathLines {
	const {path, trace, pathIndex, hopIndex, selected, session, ui, now, glyphs} = model;
	if (!path || !trace) {
		return {lines: waitingLines(model, width), causeRows: 0, selected: 0};
	}

	return pathLines({
		trace,
		path,
		pathIndex,
		hopIndex,
		changes: selected?.changes ?? {},
		traceOptions: session.traceOptions,
		focused: ui.focus === 'path',
		testKey: isPreview || whyNoProbe(model) ? undefined : keysOf('probe-path')[0],
		causeRows,
		width,
		now,
		glyphs,
	});
}

/** Rows of the cause above the hops: where not all fits it gives way to them, down to a third of the rows. */
export function causeRowsOf(model: Measured, rows: number, width: number): number {
	const {lines, causeRows} = pathSectionLines(model, width);
	const over = Math.max(0, lines.length - rows);
	return over === 0 ? causeRows : Math.max(1, Math.min(causeRows, Math.floor(rows / 3)), causeRows - over);
}

/** Why there is no path yet, or will be none, in as many rows as that takes. */
function waitingLines({selected, wanted, session}: Measured, width: number): readonly Line[] {
	const freshness = freshnessOf(session);
	// Nothing can be missing from lists that are not there yet.
	if (selected?.error && freshness.state === 'connecting' && freshness.reason === undefined) {
		const count = freshness.total > 0 ? `: ${freshness.synced} of ${freshness.total} kinds` : '';
		return [[], [span(`  reading the cluster${count}`, 'dim')]];
	}

	if (selected?.error) {
		return [[], ...wrap(selected.error, Math.max(8, width - 4)).map((row) => [span(`  ${row}`, 'degraded')])];
	}

	return wanted ? [[], [span('  walking the path', 'dim')]] : [];
}

/** The finding to fix with its remedy and command; its sentence only where it does not stand whole above. */
function mainFindingLines({path, now, glyphs}: Measured, width: number): readonly Line[] {
	const main = path && path.verdict !== 'ok' && !stillReading(path) ? mainFinding(path) : undefined;
	if (!path || !main) {
		return [];
	}

	return findingLines(main.finding, main.finding.code === path.rootCause, {
		width: Math.max(1, width - 2),
		now,
		glyphs,
		said: saysWhole(path, {width, glyphs}) ? main.finding : undefined,
	}).map((line) => [span(' '), ...line]);
}

/** What to do about the cause, beside another hop that is looked at; its sentence stands above the path. */
export function causeSectionLines({path, hop, now, glyphs}: Measured, width: number): readonly Line[] {
	const main = path && path.verdict !== 'ok' && !stillReading(path) ? mainFinding(path) : undefined;
	return main && main.hop !== hop
		? remedyLines(main.finding, {width: Math.max(1, width - 2), now, glyphs}).map((line) => [
				span(' '),
				...line,
			])
		: [];
}

/** Whether the path of the entry under the cursor is shown hop by hop. */
export function isShownWhole(path: Path): boolean {
	return path.verdict === 'ok' || stillReading(path) !== undefined;
}

/**
The path of the entry under the cursor. One that works is shown hop by hop. Any other begins with its cause and,
in one row, its hops. Path and detail begin so too: to open one of them does not write these rows again. Below stands the
finding to fix, or the hop that the person moved to: keys act on the hop that is shown.
*/
export function previewLines(model: Measured, width: number): readonly Line[] {
	const {path, hop, hopIndex, glyphs} = model;
	if (!path) {
		return waitingLines(model, width);
	}

	if (isShownWhole(path)) {
		return pathSectionLines(model, width, {isPreview: true}).lines;
	}

	const isElsewhere = hop !== undefined && hop !== (mainFinding(path)?.hop ?? hop);
	return [
		...causeLines(path, {width, glyphs}),
		hopStrip(path, hopIndex, width, glyphs),
		...(isElsewhere ? hopLines(model, width) : mainFindingLines(model, width)),
	];
}

function hopLines({hop, path, now, glyphs}: Measured, width: number): readonly Line[] {
	return hop && path
		? hopDetail(hop, path, {width: Math.max(1, width - 2), now, glyphs}).map((line) => [span(' '), ...line])
		: [];
}
