import {fitLine, lineWidth} from './fit.ts';
import {span, type Line} from './line.ts';
import {wrap} from './wrap.ts';

/** Below this many columns a text is cut rather than broken into a thin strip. */
const leastColumns = 12;

/** A line that is too wide, broken: its last stretch goes on below itself. */
export function hang(line: Line, width: number, ellipsis: string): readonly Line[] {
	const last = line.at(-1);
	const before = line.slice(0, -1);
	const indent = lineWidth(before);
	if (!last || lineWidth(line) <= width) {
		return [line];
	}

	if (width - indent < leastColumns) {
		return [fitLine(line, width, ellipsis)];
	}

	return wrap(last.text.trimStart(), width - indent).map((text, position) => [
		...(position === 0 ? before : [span(' '.repeat(indent))]),
		{...last, text},
	]);
}
