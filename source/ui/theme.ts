import type {Tone} from '../view/line.ts';

/** How a tone looks: one of the 16 ANSI colours, which follow the person's own terminal theme, or none. */
export type Look = {
	readonly color?: 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan';
	readonly bold?: boolean;
	readonly dimColor?: boolean;
	readonly inverse?: boolean;
};

export type Theme = Readonly<Record<Tone, Look>>;

export const colourTheme: Theme = {
	plain: {},
	ok: {color: 'green'},
	broken: {color: 'red'},
	// Yellow alone cannot be read on the white of most light palettes.
	degraded: {color: 'yellow', bold: true},
	unknown: {color: 'magenta'},
	skipped: {dimColor: true},
	dim: {dimColor: true},
	accent: {color: 'cyan'},
	strong: {bold: true},
	match: {color: 'cyan', inverse: true},
	border: {dimColor: true},
	'border-focus': {color: 'cyan'},
};

/** Without colour: weight alone. Every status has its glyph and its word besides. */
export const monoTheme: Theme = {
	plain: {},
	ok: {},
	broken: {bold: true},
	degraded: {bold: true},
	unknown: {bold: true},
	skipped: {dimColor: true},
	dim: {dimColor: true},
	accent: {bold: true},
	strong: {bold: true},
	match: {inverse: true},
	border: {dimColor: true},
	'border-focus': {bold: true},
};
