import {exactly} from '../../view/fit.ts';
import {cursorSpan} from '../../view/entry-line.ts';
import {isForbidden} from '../../view/freshness.ts';
import {span, type Line} from '../../view/line.ts';
import {padTo, widthOf} from '../../view/width.ts';
import type {Model} from '../model.ts';
import {pickable, type Choice} from '../pickable.ts';
import {signLines} from '../sign-lines.ts';
import type {PickerOverlay} from '../state.ts';
import {windowTop} from '../window.ts';
import {Pane} from './pane.tsx';

type Props = {
	readonly model: Model;
	readonly overlay: PickerOverlay;
	/** With title and border. */
	readonly rows: number;
};

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
	const height = Math.max(0, rows - 2);
	const count = choices.length + (signs.length > 0 ? signs.length + 1 : 0);
	const atEnd = overlay.cursor === choices.length - 1;
	const top = windowTop({count, height, cursor: atEnd ? count - 1 : overlay.cursor, top: 0});
	const keysWidth = Math.max(0, ...choices.map(({keys = ''}) => widthOf(keys)));
	const all = [
		...choices.map((choice, row) => choiceLine(choice, {model, keysWidth, selected: row === overlay.cursor})),
		...(signs.length > 0 ? [[], ...signs] : []),
	];
	const more = `${top > 0 ? glyphs.more.up : ''}${top + height < count ? glyphs.more.down : ''}`;
	const section = {
		title: [
			span(titleOf(overlay, model), undefined, true),
			span(` ${choices.length}`, 'dim'),
			span(` ${overlay.filter}${glyphs.cursor}`, 'accent'),
		],
		note: more === '' ? [] : [span(more, 'dim')],
		rows: height,
		lines:
			choices.length > 0
				? all.slice(top, top + height)
				: [[], [span(`  ${emptyText(overlay, model)}`, 'dim')]],
		focused: true,
	};
	return <Pane sections={[section]} width={width} border glyphs={glyphs} />;
}

function titleOf({kind}: PickerOverlay, {session}: Model): string {
	const ref = session.crossing?.ref;
	return kind === 'crossing' && ref ? `${titles[kind]} ${ref.kind} ${ref.name}` : titles[kind];
}

type LineOptions = {readonly model: Model; readonly keysWidth: number; readonly selected: boolean};

function choiceLine(choice: Choice, {model, keysWidth, selected}: LineOptions): Line {
	const {glyphs} = model;
	const {label, keys = '', note = '', current} = choice;
	const why = choice.command !== undefined && note !== '';
	const line = [
		cursorSpan({selected, focused: true, glyphs}),
		span(' '),
		span(keysWidth === 0 ? '' : `${padTo(keys, keysWidth)}  `, why ? 'dim' : 'accent'),
		span(label, why ? 'dim' : undefined, selected),
	];
	const beside = [current ? 'now' : '', note].filter((part) => part !== '').join('  ');
	if (beside === '') {
		return line;
	}

	return why
		? [...line, span(`  (${beside})`, 'dim')]
		: [...exactly(line, 40, glyphs.ellipsis), span('  '), span(beside, 'dim')];
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
