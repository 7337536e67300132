import type {ProbeTurn} from '../../session/probes/probe-state.ts';
import type {Glyphs} from './glyphs.ts';
import {span, type Line, type Tone} from './line.ts';

/** Numbers as bars, the largest as the highest: `▁▁▁▅██`. A blank where nothing is known. */
export function sparkline(
	values: readonly (number | undefined)[],
	most: number,
	{bars}: Pick<Glyphs, 'bars'>,
): string {
	return values.map((value) => (value === undefined ? ' ' : barOf(value, most, bars))).join('');
}

/** Something is never drawn as nothing. */
function barOf(value: number, most: number, bars: readonly string[]): string {
	const highest = bars.length - 1;
	const height = most <= 0 ? 0 : Math.ceil((Math.min(value, most) / most) * highest);
	return bars[height] ?? '';
}

/** More turns are not drawn. */
const mostTurns = 12;

const heights = {well: 2, unwell: 1, silent: 0} as const;
const tones: Readonly<Record<ProbeTurn['level'], Tone>> = {
	well: 'ok',
	unwell: 'degraded',
	silent: 'broken',
};

/** What each turn of a repeated test came to, newest last: high is well, half an error, low no answer. */
export function turnBars(turns: readonly ProbeTurn[], glyphs: Pick<Glyphs, 'bars'>): Line {
	return turns
		.slice(-mostTurns)
		.map(({level}) => span(sparkline([heights[level]], heights.well, glyphs), tones[level]));
}
