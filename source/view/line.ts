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

/** A span. Control characters, which would move the cursor, become spaces. */
export function span(text: string, tone?: Tone, bold?: boolean): Span {
	return {text: oneLine(text), ...(tone ? {tone} : {}), ...(bold ? {bold} : {})};
}

/** Text for a cell: never a newline, never a control character. */
export function oneLine(text: string): string {
	return /[\u0000-\u001f\u007f-\u009f]/.test(text)
		? text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
		: text;
}

/** The text of a line, without tones. */
export function plainText(line: Line): string {
	return line.map(({text}) => text).join('');
}
