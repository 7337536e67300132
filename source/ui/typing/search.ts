import {markedLine} from '../../view/text/match.ts';
import {plainText, type Line} from '../../view/text/line.ts';
import {markOf} from './filter.ts';

/** Lines with what is looked for marked; as they are without a search. */
export function searched(lines: readonly Line[], search: string | undefined): readonly Line[] {
	const match = search === undefined ? undefined : markOf(search);
	return match ? lines.map((line) => (match.test(plainText(line)) ? markedLine(line, match) : line)) : lines;
}

/** The next row that holds what is looked for, from a row on, round the end; undefined where none does. */
export function foundFrom(
	lines: readonly Line[],
	search: string,
	{row, by}: {readonly row: number; readonly by: 1 | -1},
): number | undefined {
	const match = markOf(search);
	const count = lines.length;
	const turns = Array.from({length: count}, (_, turn) => (((row + by * turn) % count) + count) % count);
	return match && turns.find((at) => match.test(plainText(lines[at]!)));
}
