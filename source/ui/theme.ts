import type {Tone} from '../view/text/line.ts';

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
const monoTheme: Theme = {
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

/** Red and green are the pair that most eyes confuse: blue, yellow and magenta are told apart, and weight says the rest. */
const colourBlindTheme: Theme = {
	...colourTheme,
	ok: {color: 'blue'},
	broken: {color: 'magenta', bold: true},
	degraded: {color: 'yellow', bold: true},
	unknown: {color: 'cyan'},
};

/** On white neither yellow nor cyan can be read. */
const lightTheme: Theme = {
	...colourTheme,
	degraded: {color: 'magenta', bold: true},
	unknown: {color: 'blue'},
	accent: {color: 'blue'},
	'border-focus': {color: 'blue'},
	match: {color: 'blue', inverse: true},
};

/** By the names of the configuration; without colour weight alone, whatever is chosen. */
export function themeOf(name: string | undefined, hasColor: boolean): Theme {
	if (!hasColor || name === 'mono') {
		return monoTheme;
	}

	return name === 'colour-blind' ? colourBlindTheme : name === 'light' ? lightTheme : colourTheme;
}
