import {lineWidth} from '../../view/text/fit.ts';
import {isRootCause} from '../../view/hop-line.ts';
import type {Glyphs} from '../../view/text/glyphs.ts';
import {span, type Line} from '../../view/text/line.ts';
import {whyNot} from './availability.ts';
import type {Command} from './command.ts';
import {keysOf} from './keymap.ts';
import {isWide, type Model} from '../model.ts';
import type {Focus} from '../layout-parts.ts';

type Hint = {
	/** Shown by the first key of each. */
	readonly commands: readonly Command[];
	readonly label: string | Readonly<Record<Focus, string>>;
	readonly in?: readonly Focus[];
	/** The footer leaves out the highest first. */
	readonly rank: number;
};

/** What the footer offers, in the order of the screen. */
const hints: readonly Hint[] = [
	{commands: ['up', 'down'], label: {entries: 'move', path: 'hop', detail: 'scroll'}, rank: 1},
	{
		commands: ['open'],
		label: {entries: 'open', path: 'detail', detail: ''},
		in: ['entries', 'path'],
		rank: 1,
	},
	{commands: ['hop-previous', 'hop-next'], label: 'hop', in: ['entries', 'detail'], rank: 4},
	{commands: ['past-back', 'past-forward'], label: 'step in time', rank: 2},
	{commands: ['pause'], label: 'pause', rank: 3},
	{commands: ['differs'], label: 'differs', rank: 3},
	{commands: ['past-now'], label: 'now', rank: 1},
	{commands: ['broken-hop'], label: 'broken hop', rank: 3},
	{commands: ['root-cause'], label: 'root cause', in: ['path', 'detail'], rank: 4},
	{commands: ['probe-hop'], label: 'test', rank: 5},
	{commands: ['probe-path'], label: 'test all', in: ['path', 'detail'], rank: 6},
	{commands: ['filter'], label: 'filter', in: ['entries'], rank: 3},
	{commands: ['command'], label: 'go to', rank: 4},
	{commands: ['namespaces'], label: 'namespace', in: ['entries'], rank: 5},
	{commands: ['path-previous', 'path-next'], label: 'path', rank: 3},
	{commands: ['yaml'], label: 'yaml', in: ['path', 'detail'], rank: 6},
	{commands: ['log'], label: 'log', in: ['path', 'detail'], rank: 4},
	{commands: ['events'], label: 'events', in: ['path', 'detail'], rank: 7},
	{commands: ['copy'], label: 'copy', in: ['path', 'detail'], rank: 5},
	{commands: ['help'], label: 'keys', rank: 0},
];

/** The keys that do something now, as many as fit. */
export function hintLine(model: Model, width: number): Line {
	const leaving: Hint = {
		commands: ['quit'],
		label: model.ui.focus === 'entries' && !model.ui.filter ? 'quit' : 'back',
		rank: 0,
	};
	const possible = [...hints, leaving].filter((hint) => isPossible(hint, model));
	return fitting(possible, model, width);
}

function isPossible(hint: Hint, model: Model): boolean {
	const here = !hint.in || hint.in.includes(model.ui.focus);
	return (
		here && hint.commands.every((command) => whyNot(command, model) === undefined) && !isIdle(hint, model)
	);
}

/** Keys that would do something, and are of no use here. */
const idle: Readonly<Partial<Record<Command, (model: Model) => boolean>>> = {
	'hop-previous': ({ui}) => ui.focus === 'entries' && !isWide({ui}),
	'probe-path': ({path, trace}) => path?.verdict === 'broken' || trace?.notChecked.length === 0,
	'past-back': ({session}) => !session.past && !session.playback,
	pause: ({session}) => !session.playback,
	'broken-hop': ({path, hop}) => hop?.kind === path?.brokenAt,
	'root-cause': ({path, hop}) => path !== undefined && hop !== undefined && isRootCause(hop, path),
};

function isIdle({commands: [command]}: Hint, model: Model): boolean {
	return command !== undefined && (idle[command]?.(model) ?? false);
}

function fitting(shown: readonly Hint[], model: Model, width: number): Line {
	const line: Line = [span(' '), ...shown.flatMap((hint, position) => hintSpans(hint, model, position > 0))];
	if (lineWidth(line) <= width || shown.length === 0) {
		return line;
	}

	const last = shown.reduce((a, b) => (b.rank >= a.rank ? b : a));
	return fitting(
		shown.filter((hint) => hint !== last),
		model,
		width,
	);
}

function hintSpans({commands, label}: Hint, {glyphs, ui}: Model, spaced: boolean): Line {
	const names = commands.map((command) => keyText(keysOf(command)[0] ?? '', glyphs));
	const keys = names.every(({length}) => length === 1) ? names.join('') : names.join('/');
	const word = typeof label === 'string' ? label : label[ui.focus];
	return [span(spaced ? '  ' : ''), span(keys, 'accent'), span(` ${word}`, 'dim')];
}

/** A key as a person reads it. */
export function keyText(name: string, glyphs: Glyphs): string {
	return glyphs.keys[name] ?? name;
}
