import {clockText} from '../view/clock-text.ts';
import {span, type Line} from '../view/line.ts';
import {truncateMiddle} from '../view/width.ts';
import type {EntryRow} from '../session/state.ts';
import type {Measured} from './wants.ts';

/** More are not looked at. */
const mostShown = 40;

/** What changed, newest first: `02:58:11  app.example.com/api  ok → broken`. */
export function changeLines(
	{session, glyphs}: Pick<Measured, 'session' | 'glyphs'>,
	width: number,
): readonly Line[] {
	return session.entries
		.filter(hasChanged)
		.toSorted((a, b) => b.changed.at - a.changed.at)
		.slice(0, mostShown)
		.map(({title, verdict, changed}) => {
			const outcome = `${changed.was} ${glyphs.arrow} ${verdict}`;
			const room = Math.max(8, width - 12 - outcome.length - 2);
			return [
				span(` ${clockText(changed.at, 'seconds')}  `, 'dim'),
				span(truncateMiddle(title, room, glyphs.ellipsis)),
				span(`  ${outcome}`, verdict),
			];
		});
}

type Changed = EntryRow & Required<Pick<EntryRow, 'changed'>>;

function hasChanged(row: EntryRow): row is Changed {
	return row.changed !== undefined;
}
