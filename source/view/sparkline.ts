import type {Canary} from '../session/state.ts';
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

/** More answers are not drawn. */
const mostAnswers = 12;

const heights = {well: 2, unwell: 1, silent: 0} as const;
const tones: Readonly<Record<keyof typeof heights, Tone>> = {
	well: 'ok',
	unwell: 'degraded',
	silent: 'broken',
};

/** Answers of a test that is repeated, newest last: high is well, half an error, low no answer. */
export function answerBars({answers}: Canary, glyphs: Pick<Glyphs, 'bars'>): Line {
	return answers
		.slice(-mostAnswers)
		.map(({level}) => span(sparkline([heights[level]], heights.well, glyphs), tones[level]));
}
