import {causeInOneRow, type Cause} from '../../view/causes.ts';
import {spread} from '../../view/text/fit.ts';
import type {Glyphs} from '../../view/text/glyphs.ts';
import {span, type Line} from '../../view/text/line.ts';
import {truncate} from '../../view/text/width.ts';
import {wrap} from '../../view/text/wrap.ts';

/** Rows of one cause, where there is room for all of them. */
const mostRows = 4;

/** Causes with their letter and how many entries each hits; in as many rows as their sentences take. */
export function causeRows(causes: readonly Cause[], width: number, glyphs: Glyphs): readonly Line[] {
	return causes.flatMap((cause) => {
		const room = Math.max(8, width - leadWidth - countOf(cause).length - 1);
		const text = wrap(cause.text, room);
		const rest = truncate(text.slice(mostRows - 1).join(' '), room, glyphs.ellipsis);
		const [first = '', ...others] = text.length > mostRows ? [...text.slice(0, mostRows - 1), rest] : text;
		return [
			firstRow(cause, first, {width, glyphs}),
			...others.map((row): Line => [span(' '.repeat(leadWidth)), span(row)]),
		];
	});
}

/** In at most so many rows: the first causes have their sentences whole, those below them one row each. */
export function fittingCauseRows(
	causes: readonly Cause[],
	rows: number,
	{width, glyphs}: Room,
): readonly Line[] {
	const whole = causes.map((cause) => causeRows([cause], width, glyphs));
	const short = shortCauseRows(causes, width, glyphs);
	const most = whole.findLastIndex((_, index) => {
		const above = whole.slice(0, index + 1).reduce((sum, each) => sum + each.length, 0);
		return above + causes.length - index - 1 <= rows;
	});
	// Where not even one row each fits, the first stands whole all the same.
	const kept = Math.max(most, 0) + 1;
	return [...whole.slice(0, kept).flat(), ...short.slice(kept)];
}

/** The same in one row each. */
function shortCauseRows(causes: readonly Cause[], width: number, glyphs: Glyphs): readonly Line[] {
	return causes.map((cause) => {
		const room = width - leadWidth - countOf(cause).length;
		return firstRow(cause, causeInOneRow(cause, room), {width, glyphs});
	});
}

/** Letter, status and blanks. */
const leadWidth = 5;

type Room = {readonly width: number; readonly glyphs: Glyphs};

function firstRow(cause: Cause, text: string, {width, glyphs}: Room): Line {
	const {letter, verdict} = cause;
	return spread(
		[span(` ${letter} `, verdict, true), span(`${glyphs.status[verdict]} `, verdict), span(text)],
		[span(countOf(cause), 'dim')],
		width,
		glyphs.ellipsis,
	);
}

function countOf({entries}: Cause): string {
	return `  ${entries} `;
}
