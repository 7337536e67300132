import {span, type Line, type Tone} from './line.ts';

/** A text with what a filter found in it marked. */
export function markedSpans(
	text: string,
	pattern: RegExp | undefined,
	{tone, bold}: {readonly tone?: Tone; readonly bold?: boolean},
): Line {
	const found = pattern?.exec(text);
	if (!found || found[0] === '') {
		return [span(text, tone, bold)];
	}

	const end = found.index + found[0].length;
	return [
		span(text.slice(0, found.index), tone, bold),
		span(found[0], 'match', bold),
		span(text.slice(end), tone, bold),
	].filter(({text}) => text !== '');
}

/** A line with what was found in each of its spans marked. */
export function markedLine(line: Line, pattern: RegExp): Line {
	return line.flatMap(({text, tone, bold}) => markedSpans(text, pattern, {tone, bold}));
}
