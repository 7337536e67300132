import type {HopStatus} from '../../path/hop.ts';

/** Every sign on the screen, as plain data: one set for UTF-8 terminals, one for ASCII. All are one column wide. */
export type Glyphs = {
	/** Text of the cluster, too, is shown in ASCII. */
	readonly ascii: boolean;
	readonly status: Readonly<Record<HopStatus, string>>;
	/** Not walked yet. */
	readonly pending: string;
	readonly select: string;
	/** The cursor of a list that does not have the keys. */
	readonly selectElsewhere: string;
	/** Points from a remark to the hop it is about. */
	readonly here: string;
	readonly changed: string;
	/** Before a number: so often. */
	readonly times: string;
	/** Of an entry that stays on top. */
	readonly pinned: string;
	readonly ellipsis: string;
	readonly live: string;
	readonly paused: string;
	/** An earlier time is shown. */
	readonly past: string;
	readonly into: string;
	readonly arrow: string;
	/** Between two values that take turns. */
	readonly turns: string;
	readonly cursor: string;
	/** Bars of a sparkline, from none to all; one column each. */
	readonly bars: readonly string[];
	/** Names of ink-spinner's and Ink's own sets. */
	readonly spinner: 'dots' | 'line';
	readonly border: 'round' | 'classic';
	readonly more: {readonly up: string; readonly down: string};
	readonly box: {
		readonly horizontal: string;
		/** Beside the title of the part that has the keys: it differs from the others even without colour. */
		readonly focus: string;
		readonly vertical: string;
		readonly topLeft: string;
		readonly topRight: string;
		readonly bottomLeft: string;
		readonly bottomRight: string;
		readonly left: string;
		readonly right: string;
	};
	/** As the footer and the help write keys. */
	readonly keys: Readonly<Record<string, string>>;
};

export const unicodeGlyphs: Glyphs = {
	ascii: false,
	status: {ok: '✓', broken: '✗', degraded: '!', unknown: '?', skipped: '·'},
	pending: '…',
	select: '❯',
	selectElsewhere: '›',
	here: '◂',
	changed: '•',
	times: '×',
	pinned: '^',
	ellipsis: '…',
	live: '●',
	paused: '‖',
	past: '«',
	into: '›',
	arrow: '→',
	turns: '↔',
	cursor: '▏',
	bars: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
	spinner: 'dots',
	border: 'round',
	more: {up: '↑', down: '↓'},
	box: {
		horizontal: '─',
		focus: '━',
		vertical: '│',
		topLeft: '╭',
		topRight: '╮',
		bottomLeft: '╰',
		bottomRight: '╯',
		left: '├',
		right: '┤',
	},
	keys: {
		up: '↑',
		down: '↓',
		left: '←',
		right: '→',
		return: '⏎',
		escape: 'esc',
		tab: 'tab',
		backspace: '⌫',
		'page-up': 'pgup',
		'page-down': 'pgdn',
	},
};

export const asciiGlyphs: Glyphs = {
	ascii: true,
	status: {ok: '+', broken: 'x', degraded: '!', unknown: '?', skipped: '-'},
	pending: '~',
	select: '>',
	selectElsewhere: ':',
	here: '<',
	changed: '*',
	times: 'x',
	pinned: '^',
	ellipsis: '~',
	live: '*',
	paused: '=',
	past: '<',
	into: '>',
	arrow: '>',
	turns: '<>',
	cursor: '_',
	bars: ['_', '.', '-', '=', '#'],
	spinner: 'line',
	border: 'classic',
	more: {up: '^', down: 'v'},
	box: {
		horizontal: '-',
		focus: '=',
		vertical: '|',
		topLeft: '+',
		topRight: '+',
		bottomLeft: '+',
		bottomRight: '+',
		left: '+',
		right: '+',
	},
	keys: {
		up: 'up',
		down: 'down',
		left: 'left',
		right: 'right',
		return: 'enter',
		escape: 'esc',
		tab: 'tab',
		backspace: 'backspace',
		'page-up': 'pgup',
		'page-down': 'pgdn',
	},
};
