import {safe} from '../../model/safe-text/safe.ts';

/** What a stretch of text means; a theme gives it a colour. */
export type Tone =
	| 'plain'
	| 'ok'
	| 'broken'
	| 'degraded'
	| 'unknown'
	| 'skipped'
	| 'dim'
	| 'accent'
	| 'strong'
	/** What a filter found. */
	| 'match'
	| 'border'
	| 'border-focus';

/** A stretch of text in one tone. Holds no newline and no control character. */
export type Span = {
	readonly text: string;
	readonly tone?: Tone;
	readonly bold?: boolean;
	/** A screen that moves draws a spinner here; the text, one column wide, stands for it elsewhere. */
	readonly spins?: boolean;
};

/** One row of the screen. */
export type Line = readonly Span[];

/** A span of one row. */
export function span(text: string, tone?: Tone, bold?: boolean): Span {
	return {text: oneLine(text), tone, bold};
}

/** Text for a cell: line breaks and tabs are spaces, and nothing a terminal acts on is left. */
export function oneLine(text: string): string {
	return safe(/[\t-\r]/u.test(text) ? text.replaceAll(/[\t-\r]+/gu, ' ') : text);
}

/** The text of a line, without tones. */
export function plainText(line: Line): string {
	return line.map(({text}) => text).join('');
}
