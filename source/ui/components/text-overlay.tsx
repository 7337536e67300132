import {span, type Line} from '../../view/text/line.ts';
import type {Model} from '../model.ts';
import {Pane} from './pane.tsx';

type Props = {
	readonly model: Model;
	readonly title: string;
	readonly lines: readonly Line[];
	readonly top: number;
	/** With title and border. */
	readonly rows: number;
};

/** Text over the whole body, scrolled no further than it is long. */
export function TextOverlay({model, title, lines, top, rows}: Props) {
	const {glyphs, ui} = model;
	const inside = Math.max(0, rows - 2);
	const first = Math.max(0, Math.min(top, lines.length - inside));
	const more = `${first > 0 ? glyphs.more.up : ''}${first + inside < lines.length ? glyphs.more.down : ''}`;
	const section = {
		title: [span(title, undefined, true)],
		note: more === '' ? [] : [span(more, 'accent')],
		rows: inside,
		lines: lines.slice(first, first + inside).map((line) => [span(' '), ...line]),
		focused: true,
	};
	return <Pane sections={[section]} width={ui.size.columns} border glyphs={glyphs} />;
}
