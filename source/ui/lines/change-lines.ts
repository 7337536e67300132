import {clockText} from '../../view/text/clock-text.ts';
import {exactly, lineWidth} from '../../view/text/fit.ts';
import {span, type Line} from '../../view/text/line.ts';
import {changeText, isConsequence, toldAt} from '../../view/told-change.ts';
import {truncate, truncateMiddle} from '../../view/text/width.ts';
import type {EntryRow, ToldChange} from '../../session/state.ts';
import type {Measured} from '../model.ts';

/** More are not looked at. */
const mostShown = 40;

type Told = {
	readonly at: number;
	/** Gives way where there is no room for all. */
	readonly follows: boolean;
	readonly lines: (width: number) => readonly Line[];
};

/**
What changed, newest first: entries that changed their verdict, and objects that the path was decided from, with who did it.
Where `rows` are too few for all, what a person changed stays and what followed from it gives way.
*/
export function changeLines(
	{session, selected, glyphs}: Pick<Measured, 'session' | 'selected' | 'glyphs'>,
	width: number,
	rows = Infinity,
): readonly Line[] {
	const entries = session.entries.filter(hasChanged).map((row) => entryChange(row, glyphs));
	const objects = (selected?.objectChanges ?? []).map((change) =>
		objectChange(change, glyphs, session.namespace),
	);
	if (entries.length + objects.length === 0) {
		return noneLines(session);
	}

	const told = [...entries, ...objects]
		.toSorted((a, b) => b.at - a.at)
		.slice(0, mostShown)
		.map((each) => ({...each, shown: timedLines(each, width)}));
	return fitting(told, rows).flatMap(({shown}) => shown);
}

function timedLines({at, lines}: Told, width: number): readonly Line[] {
	const time = span(` ${clockText(at, 'seconds')}  `, 'dim');
	const indent = span(' '.repeat(lineWidth([time]) + 2));
	return lines(Math.max(8, width - lineWidth([time]) - 1)).map((line, row) => [
		row === 0 ? time : indent,
		...line,
	]);
}

type Shown = Told & {readonly shown: readonly Line[]};

function fitting(told: readonly Shown[], rows: number): readonly Shown[] {
	let room = rows;
	const kept = new Set<Shown>();
	for (const each of told.toSorted((a, b) => Number(a.follows) - Number(b.follows))) {
		room -= each.shown.length;
		if (room >= 0) {
			kept.add(each);
		}
	}

	return kept.size > 0 ? told.filter((each) => kept.has(each)) : told.slice(0, 1);
}

function noneLines({history, supposition}: Measured['session']): readonly Line[] {
	// What is supposed would be no change of the cluster, and hides those that there were.
	const text = supposition ? 'not shown: this is supposed; * goes back to now' : undefined;
	return history ? [[span(` ${text ?? `none since ${clockText(history.since, 'minutes')}`}`, 'dim')]] : [];
}

type Changed = EntryRow & Required<Pick<EntryRow, 'changed'>>;

/** That a verdict came to be known is no change of the entry, nor is that the cluster went silent. */
function hasChanged(row: EntryRow): row is Changed {
	const {changed, beforeSilence} = row;
	return changed !== undefined && changed.was !== 'unknown' && !beforeSilence;
}

function entryChange({title, verdict, changed}: Changed, {arrow, ellipsis}: Measured['glyphs']): Told {
	const outcome = verdict === 'ok' ? 'healed' : `${changed.was} ${arrow} ${verdict}`;
	return {
		at: changed.at,
		// The list says it too.
		follows: true,
		lines: (width) => [
			[
				span(truncateMiddle(title, Math.max(8, width - outcome.length - 2), ellipsis)),
				span(`  ${outcome}`, verdict),
			],
		],
	};
}

/** Which fields is worth more than one row: who did it stands beside the object then, and the fields below. */
function objectChange(change: ToldChange, glyphs: Measured['glyphs'], namespace: string | undefined): Told {
	const follows = isConsequence(change);
	const who = change.who && !follows ? `by ${change.who.manager}` : '';
	const text = changeText(change, glyphs, namespace);
	const gap = text.indexOf('  ');
	return {
		at: toldAt(change),
		follows,
		lines(width) {
			if (text.length + who.length + 2 <= width || gap < 0 || follows) {
				return [besideWho(text, {who, width, glyphs})];
			}

			const fields = truncate(text.slice(gap).trim(), Math.max(8, width - 2), glyphs.ellipsis);
			return [besideWho(text.slice(0, gap), {who, width, glyphs}), [span(fields)]];
		},
	};
}

type Beside = {readonly who: string; readonly width: number; readonly glyphs: Measured['glyphs']};

function besideWho(text: string, {who, width, glyphs}: Beside): Line {
	if (who === '') {
		return [span(truncate(text, width, glyphs.ellipsis))];
	}

	const by = truncate(who, Math.max(8, Math.floor(width / 2)), glyphs.ellipsis);
	const room = Math.max(8, width - by.length - 2);
	return [
		...exactly([span(truncateMiddle(text, room, glyphs.ellipsis))], room, glyphs.ellipsis),
		span(`  ${by}`, 'dim'),
	];
}
