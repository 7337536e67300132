import {hasFlapped} from '../../view/entries/entry-note.ts';
import {verdictChanges, type VerdictTurn} from '../../view/entries/verdict-changes.ts';
import {clockText} from '../../view/text/clock-text.ts';
import {exactly, lineWidth} from '../../view/text/fit.ts';
import {span, type Line} from '../../view/text/line.ts';
import {changeWords, isConsequence, toldAt, whoText} from '../../view/told-change.ts';
import {truncate, truncateMiddle} from '../../view/text/width.ts';
import {wrap} from '../../view/text/wrap.ts';
import type {EntryRow} from '../../session/state.ts';
import type {Measured} from '../model.ts';
import {foldChanges, type FoldedChange} from './fold-changes.ts';

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
	const entries = session.entries
		.filter((row) => (row.beforeSilence ?? row).changed)
		.flatMap((row) => entryChanges(row, {isSelected: isOf(row, selected), glyphs}));
	const objects = foldChanges(selected?.objectChanges ?? [], glyphs).map((folded) =>
		objectChange(folded, glyphs, session.namespace),
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

function isOf({target, namespace}: EntryRow, selected: Measured['selected']): boolean {
	return (
		selected !== undefined && selected.target === target && (selected.namespace ?? namespace) === namespace
	);
}

type EntryOptions = {readonly isSelected: boolean; readonly glyphs: Measured['glyphs']};

/** The entry that is looked at has a line for each change. Any other has one, which says how often it changed without a rest. */
function entryChanges(row: EntryRow, {isSelected, glyphs}: EntryOptions): readonly Told[] {
	const changes = verdictChanges(row);
	const told = isSelected ? changes : changes.slice(0, 1);
	const flaps = isSelected ? '' : flapsText(row.beforeSilence ?? row, glyphs);
	return told.map((each) =>
		entryChange(row.title, each, {outcome: `${outcomeOf(each, glyphs)}${flaps}`, glyphs}),
	);
}

function flapsText({changed}: Pick<EntryRow, 'changed'>, {times}: Measured['glyphs']): string {
	return hasFlapped({changed}) ? ` flaps ${times}${changed?.times}` : '';
}

function outcomeOf({was, is}: VerdictTurn, {arrow}: Measured['glyphs']): string {
	return is === 'ok' && was !== 'unknown' ? 'healed' : `${was} ${arrow} ${is}`;
}

function entryChange(
	title: string,
	{at, is}: VerdictTurn,
	{outcome, glyphs}: {readonly outcome: string; readonly glyphs: Measured['glyphs']},
): Told {
	return {
		at,
		// The list says it too.
		follows: true,
		lines: (width) => [
			[
				span(truncateMiddle(title, Math.max(8, width - outcome.length - 2), glyphs.ellipsis)),
				span(`  ${outcome}`, is),
			],
		],
	};
}

/** What happened is said whole: the name is cut first, and where that is not enough it stands below, over two rows. */
function objectChange(folded: FoldedChange, glyphs: Measured['glyphs'], namespace: string | undefined): Told {
	const {change, others, earlier} = folded;
	const follows = isConsequence(change);
	const who = change.who && !follows ? whoText(change.who) : '';
	const {kind, name, what, more} = changeWords(change, glyphs, namespace);
	const subject = {lead: `${kind} `, name, tail: others > 0 ? ` and ${others} more` : ''};
	const further = change.fields.length > 0 && others === 0 ? more + earlier : 0;
	const rest = further > 0 ? `, ${further} more` : '';
	return {
		at: toldAt(change),
		follows,
		lines(width) {
			const text = `${subjectText(subject, Infinity, glyphs)}  ${what}${rest}`;
			if (text.length + who.length + 2 <= width) {
				return [besideWho(text, {who, width, glyphs})];
			}

			const room = width - 2 - what.length;
			if (who === '' && room >= shortestOf(subject)) {
				return [[span(`${subjectText(subject, room, glyphs)}  ${what}`)]];
			}

			if (change.who?.against?.length) {
				// Where two fight, neither name is cut off.
				const whole = subjectText(subject, width, glyphs);
				const by = wrap(who, width - 2).map((row): Line => [span(row, 'dim')]);
				return [[span(whole)], ...fieldRows(what, rest, {width, glyphs}), ...by];
			}

			const above = subjectText(subject, who === '' ? width : Infinity, glyphs);
			return [besideWho(above, {who, width, glyphs}), ...fieldRows(what, rest, {width, glyphs})];
		},
	};
}

type Subject = {readonly lead: string; readonly name: string; readonly tail: string};

/** So much of a name tells one object from another. */
const shortestName = 10;

function shortestOf({lead, name, tail}: Subject): number {
	return lead.length + Math.min(name.length, shortestName) + tail.length;
}

function subjectText({lead, name, tail}: Subject, width: number, {ellipsis}: Measured['glyphs']): string {
	const room = Math.max(shortestName, width - lead.length - tail.length);
	return `${lead}${truncateMiddle(name, room, ellipsis)}${tail}`;
}

/** Rows below the name of the object. */
const mostFieldRows = 2;

function fieldRows(
	what: string,
	rest: string,
	{width, glyphs}: Pick<Beside, 'width' | 'glyphs'>,
): readonly Line[] {
	const room = Math.max(8, width - 2);
	const rows = wrap(what.length + rest.length <= room ? `${what}${rest}` : what, room);
	const last = truncate(rows.slice(mostFieldRows - 1).join(' '), room, glyphs.ellipsis);
	return (rows.length > mostFieldRows ? [...rows.slice(0, mostFieldRows - 1), last] : rows).map((row) => [
		span(row),
	]);
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
