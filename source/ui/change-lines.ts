import {clockText} from '../view/clock-text.ts';
import {exactly, lineWidth} from '../view/fit.ts';
import {span, type Line} from '../view/line.ts';
import {changeText} from '../view/told-change.ts';
import {truncate, truncateMiddle} from '../view/width.ts';
import type {EntryRow, ToldChange} from '../session/state.ts';
import type {Measured} from './wants.ts';

/** More are not looked at. */
const mostShown = 40;

type Told = {readonly at: number; readonly line: (width: number) => Line};

/** What changed, newest first: entries that changed their verdict, and objects that the path was decided from, with who did it. */
export function changeLines(
	{session, selected, glyphs}: Pick<Measured, 'session' | 'selected' | 'glyphs'>,
	width: number,
): readonly Line[] {
	const entries = session.entries.filter(hasChanged).map((row) => entryChange(row, glyphs));
	const objects = (selected?.objectChanges ?? []).map((change) =>
		objectChange(change, glyphs, session.namespace),
	);
	return [...entries, ...objects]
		.toSorted((a, b) => b.at - a.at)
		.slice(0, mostShown)
		.map(({at, line}) => {
			const time = span(` ${clockText(at, 'seconds')}  `, 'dim');
			return [time, ...line(Math.max(8, width - lineWidth([time]) - 1))];
		});
}

type Changed = EntryRow & Required<Pick<EntryRow, 'changed'>>;

/** That a verdict came to be known is no change of the entry. */
function hasChanged(row: EntryRow): row is Changed {
	return row.changed !== undefined && row.changed.was !== 'unknown';
}

function entryChange({title, verdict, changed}: Changed, {arrow, ellipsis}: Measured['glyphs']): Told {
	const outcome = verdict === 'ok' ? 'healed' : `${changed.was} ${arrow} ${verdict}`;
	return {
		at: changed.at,
		line: (width) => [
			span(truncateMiddle(title, Math.max(8, width - outcome.length - 2), ellipsis)),
			span(`  ${outcome}`, verdict),
		],
	};
}

function objectChange(change: ToldChange, glyphs: Measured['glyphs'], namespace: string | undefined): Told {
	const who = change.who ? `by ${change.who.manager}` : '';
	return {
		at: change.who?.at ?? change.at,
		line: (width) => {
			const room = Math.max(8, width - (who === '' ? 0 : who.length + 2));
			const what = truncate(changeText(change, glyphs, namespace), room, glyphs.ellipsis);
			return who === ''
				? [span(what)]
				: [...exactly([span(what)], room, glyphs.ellipsis), span(`  ${who}`, 'dim')];
		},
	};
}
