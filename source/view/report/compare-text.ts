import type {Comparison, Front} from '../../path/walk/compare-url.ts';
import type {Glyphs} from '../text/glyphs.ts';
import {span, type Line} from '../text/line.ts';
import {padTo, widthOf} from '../text/width.ts';
import {hopNames, toneOf} from '../text/words.ts';

const results: Readonly<Record<Comparison['result'], string>> = {
	same: 'the frontends answer the same',
	differs: 'the frontends differ',
	'one-front': 'only one frontend names this host: there is nothing to compare',
	'no-front': 'no frontend names this host',
	unknown: 'what one of the frontends answers is not known',
};

const status = {
	same: 'ok',
	differs: 'broken',
	'one-front': 'unknown',
	'no-front': 'unknown',
	unknown: 'unknown',
} as const;

/** The frontends of a URL, a column each. */
export function compareLines(comparison: Comparison, {glyphs}: {readonly glyphs: Glyphs}): readonly Line[] {
	const {fronts, result, target} = comparison;
	const state = status[result];
	return [
		[span(target.text, 'strong', true)],
		[],
		...(fronts.length > 0 ? [...rowsOf(fronts), []] : []),
		[span(`${glyphs.status[state]} ${results[result]}`, toneOf(state))],
	];
}

type Row = {readonly name: string; readonly cells: readonly string[]};

function rowsOf(fronts: readonly Front[]): readonly Line[] {
	const row = (name: string, cell: (front: Front) => string): Row => ({name, cells: fronts.map(cell)});
	const rows = [
		row('frontend', ({name}) => name),
		row('controller', ({controller = 'none'}) => controller),
		row('address', ({addresses}) => addresses.join(', ') || 'none'),
		row('rule', ({rule = 'none'}) => rule),
		...answerRows(fronts),
		row('verdict', verdictText),
	];
	const widths = fronts.map((_, index) => Math.max(...rows.map(({cells}) => widthOf(cells[index] ?? ''))));
	return rows.map(({name, cells}) => [
		span(padTo(name, 12), 'dim'),
		span(
			cells
				.map((cell, index) => padTo(cell, widths[index]! + 3))
				.join('')
				.trimEnd(),
		),
	]);
}

/** A row for each answer of the frontend that has most of them. */
function answerRows(fronts: readonly Front[]): readonly Row[] {
	const most = Math.max(0, ...fronts.map(({answers}) => answers.length));
	return Array.from({length: most}, (_, index) => ({
		name: index === 0 ? 'answer' : '',
		cells: fronts.map(({answers}) => answers[index] ?? ''),
	}));
}

function verdictText({verdict, paths}: Front): string {
	const path = paths.find((each) => each.verdict === verdict);
	const where = path?.brokenAt ? ` at ${hopNames[path.brokenAt]}` : '';
	return `${verdict}${where}${path?.rootCause ? ` (${path.rootCause})` : ''}`;
}
