import {exactly} from '../../view/text/fit.ts';
import {cursorSpan} from '../../view/entries/entry-line.ts';
import {isForbidden} from '../../view/freshness.ts';
import {span, type Line} from '../../view/text/line.ts';
import {padTo, truncateMiddle, widthOf} from '../../view/text/width.ts';
import {wrap} from '../../view/text/wrap.ts';
import type {Model} from '../model.ts';
import {pickable, type Choice} from '../pickable.ts';
import {signLines} from '../lines/sign-lines.ts';
import type {PickerOverlay} from '../state.ts';
import {windowTop} from '../window.ts';
import {Pane} from './pane.tsx';

type Props = {
	readonly model: Model;
	readonly overlay: PickerOverlay;
	/** With title and border. */
	readonly rows: number;
};

/** Corners, blanks, the cursor of what is typed, a stretch of rule. */
const frame = 10;

const titles: Readonly<Record<PickerOverlay['kind'], string>> = {
	contexts: 'Contexts',
	namespaces: 'Namespaces',
	help: 'Keys',
	'used-by': 'What leads here',
	crossing: 'Paths that cross',
	favourites: 'Favourites',
};

/** A list to pick from: namespaces, contexts, keys and words, entries. */
export function Picker({model, overlay, rows}: Props) {
	const {glyphs, ui} = model;
	const width = ui.size.columns;
	const choices = pickable(overlay, model);
	const signs = overlay.kind === 'help' && overlay.filter === '' ? signLines(glyphs) : [];
	const about = aboutLines(overlay, choices[overlay.cursor], {width, rows});
	const height = Math.max(0, rows - 2 - about.length);
	const columns = columnsOf(choices, width);
	const grouped = choices.map((choice, row) => [
		...headingLines(choice, choices[row - 1]),
		choiceLine(choice, {model, columns, selected: row === overlay.cursor}),
	]);
	const all = [...grouped.flat(), ...(signs.length > 0 ? [[], ...signs] : [])];
	const count = all.length;
	const atEnd = overlay.cursor === choices.length - 1;
	const cursor = atEnd ? count - 1 : grouped.slice(0, overlay.cursor + 1).flat().length - 1;
	const top = windowTop({count, height, cursor, top: 0});
	const more = `${top > 0 ? glyphs.more.up : ''}${top + height < count ? glyphs.more.down : ''}`;
	const taken = widthOf(`${titleOf(overlay, model)} ${choices.length}`) + frame;
	// A person types at its end.
	const filter = truncateMiddle(overlay.filter, Math.max(4, width - taken), glyphs.ellipsis);
	const section = {
		title: [
			span(titleOf(overlay, model), undefined, true),
			span(` ${choices.length}`, 'dim'),
			span(` ${filter}${glyphs.cursor}`, 'accent'),
		],
		note: more === '' ? [] : [span(more, 'dim')],
		rows: rows - 2,
		lines:
			choices.length > 0
				? [...filled(all.slice(top, top + height), height), ...about]
				: [[], [span(`  ${emptyText(overlay, model)}`, 'dim')]],
		focused: true,
	};
	return <Pane sections={[section]} width={width} border glyphs={glyphs} />;
}

/** Over the first choice of a group. */
function headingLines({group}: Choice, before: Choice | undefined): readonly Line[] {
	if (group === undefined || group === before?.group) {
		return [];
	}

	return [...(before ? [[]] : []), [span(` ${group}`, 'dim', true)]];
}

function titleOf({kind}: PickerOverlay, {session}: Model): string {
	const ref = session.crossing?.ref;
	return kind === 'crossing' && ref ? `${titles[kind]} ${ref.kind} ${ref.name}` : titles[kind];
}

type Columns = {
	/** Keys are one column; 0: nothing has any. */
	readonly keys: number;
	/** Where what is said beside a label begins. */
	readonly beside: number;
	readonly isNarrow: boolean;
};

/** What is said beside a label begins where all labels end, unless too little of it would be left. */
function columnsOf(choices: readonly Choice[], width: number): Columns {
	const inside = width - 2;
	const isNarrow = width < 50;
	const keys = widest(choices.map((choice) => keysOf(choice, isNarrow)));
	const labels = 2 + (keys === 0 ? 0 : keys + 2) + widest(choices.map(({label}) => label));
	const room = Math.max(inside - 2 - widest(choices.map(besideOf)), Math.floor(inside * 0.7));
	// A few letters of a note are worth less than the end of a name.
	const beside = isNarrow && inside - labels < fewestBeside ? inside : Math.min(labels, room);
	return {keys, beside, isNarrow};
}

/** With the gap before it. */
const fewestBeside = 12;

function widest(texts: readonly string[]): number {
	return texts.reduce((most, text) => Math.max(most, widthOf(text)), 0);
}

/** Where it is narrow only the first key is shown: what it does needs the room. */
function keysOf({keys = ''}: Choice, isNarrow: boolean): string {
	return isNarrow ? keys.replace(/ .*$/u, '') : keys;
}

function besideOf({current, note = ''}: Choice): string {
	return [current ? 'now' : '', note].filter((part) => part !== '').join('  ');
}

type LineOptions = {readonly model: Model; readonly columns: Columns; readonly selected: boolean};

function choiceLine(choice: Choice, {model, columns, selected}: LineOptions): Line {
	const {glyphs} = model;
	const why = isDead(choice);
	const keys = columns.keys === 0 ? '' : `${padTo(keysOf(choice, columns.isNarrow), columns.keys)}  `;
	const line = [
		cursorSpan({selected, focused: true, glyphs}),
		span(' '),
		span(keys, why ? 'dim' : 'accent'),
		span(choice.label, why ? 'dim' : undefined, selected),
	];
	const beside = columns.beside === model.ui.size.columns - 2 ? '' : besideOf(choice);
	if (beside === '') {
		return line;
	}

	return why
		? [...line, span(`  (${beside})`, 'dim')]
		: [...exactly(line, columns.beside, glyphs.ellipsis), span('  '), span(beside, 'dim')];
}

/** A key that does nothing now. */
function isDead({command, note}: Choice): boolean {
	return command !== undefined && note !== undefined;
}

type Room = {readonly width: number; readonly rows: number};

/** Below the keys, whole: what the one under the cursor does, and why it does nothing now. */
function aboutLines({kind}: PickerOverlay, choice: Choice | undefined, {width, rows}: Room): readonly Line[] {
	if (kind !== 'help' || !choice || rows < leastForAbout) {
		return [];
	}

	const {keys = '', label, note} = choice;
	const text = wrap(`${keys}  ${label}${note === undefined ? '' : ` (${note})`}`, width - 4);
	const lines = text.slice(0, aboutRows).map((row) => [span(` ${row}`, isDead(choice) ? 'degraded' : 'dim')]);
	return [[], ...filled(lines, aboutRows)];
}

const leastForAbout = 10;
const aboutRows = 2;

/** As many rows as asked for. */
function filled(lines: readonly Line[], rows: number): readonly Line[] {
	return [...lines, ...Array.from({length: Math.max(0, rows - lines.length)}, (): Line => [])];
}

const empty: Readonly<Partial<Record<PickerOverlay['kind'], string>>> = {
	contexts: 'The kubeconfig has no contexts.',
	crossing: 'No entry that is listed crosses it.',
	favourites: 'None yet: space pins an entry; config.yaml lists others.',
	namespaces: 'No namespace is known yet; type :ns NAME to open one.',
};

function emptyText({kind, filter}: PickerOverlay, {session}: Model): string {
	if (filter !== '') {
		return 'Nothing matches; esc clears.';
	}

	if (kind === 'crossing' && !session.crossing?.entries) {
		return 'Not known yet.';
	}

	if (kind === 'namespaces' && isForbidden('Namespace', session)) {
		return 'Namespaces may not be listed; type :ns NAME to open one.';
	}

	return empty[kind] ?? '';
}
