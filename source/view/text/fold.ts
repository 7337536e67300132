import {lineWidth} from './fit.ts';
import {hang} from './hang.ts';
import {span, type Line} from './line.ts';

/**
Lines for a terminal of so many columns: prose that is too wide goes on below where it began. Commands stay in one piece, to be
copied, and so does what begins beyond a third.
*/
export function fold(lines: readonly Line[], columns: number): readonly Line[] {
	return lines.flatMap((line) => foldLine(line, columns));
}

function foldLine(line: Line, columns: number): readonly Line[] {
	const last = line.at(-1);
	const text = last?.text.trimStart() ?? '';
	if (!last || last.tone === 'accent' || lineWidth(line) <= columns) {
		return [line];
	}

	const indent = span(' '.repeat(last.text.length - text.length));
	const parts = [...line.slice(0, -1), ...(indent.text === '' ? [] : [indent])];
	return lineWidth(parts) > columns / 3 ? [line] : hang([...parts, {...last, text}], columns, '');
}
