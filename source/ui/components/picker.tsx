import {exactly} from '../../view/fit.ts';
import {cursorSpan} from '../../view/entry-line.ts';
import {span, type Line} from '../../view/line.ts';
import type {Model} from '../model.ts';
import {pickable, type Choice} from '../pickable.ts';
import type {PickerOverlay} from '../state.ts';
import {windowTop} from '../window.ts';
import {Pane} from './pane.tsx';

type Props = {
	readonly model: Model;
	readonly overlay: PickerOverlay;
	/** With title and border. */
	readonly rows: number;
};

/** A list of namespaces or contexts to pick from. */
export function Picker({model, overlay, rows}: Props) {
	const {glyphs, ui} = model;
	const width = ui.size.columns;
	const choices = pickable(overlay, model.session);
	const height = Math.max(0, rows - 2);
	const top = windowTop({count: choices.length, height, cursor: overlay.cursor, top: 0});
	const lines = choices
		.slice(top, top + height)
		.map((choice, row) => choiceLine(choice, top + row === overlay.cursor, model));
	const more = `${top > 0 ? glyphs.more.up : ''}${top + height < choices.length ? glyphs.more.down : ''}`;
	const section = {
		title: [
			span(overlay.kind === 'contexts' ? 'Contexts' : 'Namespaces', undefined, true),
			span(` ${choices.length}`, 'dim'),
			span(` ${overlay.filter}${glyphs.cursor}`, 'accent'),
		],
		note: more === '' ? [] : [span(more, 'dim')],
		rows: height,
		lines: lines.length > 0 ? lines : [[], [span(`  ${emptyText(overlay)}`, 'dim')]],
		focused: true,
	};
	return <Pane sections={[section]} width={width} border glyphs={glyphs} />;
}

function choiceLine(choice: Choice, selected: boolean, {glyphs}: Model): Line {
	const name = span(choice.name ?? 'all namespaces', undefined, selected);
	const line = [cursorSpan({selected, focused: true, glyphs}), span(' '), name];
	const note = [choice.current ? 'now' : '', choice.note ?? ''].filter((part) => part !== '').join('  ');
	return note === '' ? line : [...exactly(line, 40, glyphs.ellipsis), span('  '), span(note, 'dim')];
}

function emptyText({kind, filter}: PickerOverlay): string {
	if (filter !== '') {
		return 'Nothing matches; esc clears.';
	}

	return kind === 'contexts'
		? 'The kubeconfig has no contexts.'
		: 'Namespaces may not be listed; type :ns NAME to open one.';
}
