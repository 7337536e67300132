import {memoize} from '../rules/memoize.ts';
import {withoutAnswer} from '../path/without-answer.ts';
import type {EntryRow} from '../session/state.ts';
import {widthOf} from './text/width.ts';

/** One thing to fix, and the entries that suffer from it. */
export type Cause = {
	/** A, B … Z, then a, b …; entries show it. */
	readonly letter: string;
	/** Its identity. */
	readonly id: string;
	readonly code: string;
	readonly text: string;
	/** What kind of fault it is, in few words. */
	readonly name?: string;
	readonly verdict: NonNullable<EntryRow['verdict']>;
	readonly entries: number;
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The root causes of entries, in the order in which the entries are listed. Those that are well have none. */
export const causesOf = memoize((rows: readonly EntryRow[]): readonly Cause[] => {
	const groups = Map.groupBy(rows.filter(hasCause), causeId);
	return [...groups].map(([id, [first, ...others]], position) => ({
		letter: letters[position] ?? '*',
		id,
		code: first!.rootCause ?? '',
		text: sharedText([first!, ...others]),
		name: first!.causeName,
		verdict: first!.verdict ?? 'unknown',
		entries: others.length + 1,
	}));
});

/** The sentence of the first entry stands for all. It leaves out the answer that clients get, where clients of another entry get a different one. */
function sharedText([first, ...others]: readonly EntryRow[]): string {
	const {cause = '', symptom} = first ?? {};
	return others.every((other) => other.symptom === symptom) ? cause : withoutAnswer(cause);
}

/** What tells one root cause from another: its code and the objects that decided it. */
export function causeId({causeId, rootCause, cause}: EntryRow): string {
	return causeId ?? `${rootCause} ${cause}`;
}

export function hasCause({verdict, rootCause, cause, ignored}: EntryRow): boolean {
	const isUnwell = verdict !== undefined && verdict !== 'ok' && !ignored;
	return isUnwell && rootCause !== undefined && cause !== undefined;
}

/** Columns: a sentence that is cut behind them still says what is wrong. */
export const enoughOfSentence = 48;
/** Columns: less of a sentence behind its short name helps nobody. */
const leastBehindName = 12;

/** In one row. A sentence that is cut early does not say what is wrong: its short name comes first then. */
export function causeInOneRow({text, name}: Cause, width: number): string {
	if (name === undefined || width >= enoughOfSentence || widthOf(text) <= width) {
		return text;
	}

	return width - widthOf(name) >= leastBehindName ? `${name}: ${text}` : name;
}
