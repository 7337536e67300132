import {memoize} from '../../rules/memoize.ts';
import type {EntryRow} from '../../session/state.ts';
import {hasFlapped, noteOf, sinceOf} from './entry-note.ts';
import {widest} from '../text/width.ts';

/** What is said of a list of entries as a whole. It is asked for with each key: of 20,000 entries it is worked out once. */
export const entryFacts = memoize((rows: readonly EntryRow[]) => ({
	namespacesDiffer: rows.some(({namespace}) => namespace !== rows[0]?.namespace),
	/** Widths of the widest. */
	namespace: widest(rows, ({namespace}) => namespace),
	title: widest(rows, ({title}) => title),
	note: widest(rows, (row) => (hasFlapped(row) ? `${noteOf(row)} flaps ×14` : noteOf(row))),
	hasSince: rows.some((row) => sinceOf(row) !== undefined),
	broken: rows.filter(({verdict, ignored}) => verdict === 'broken' && !ignored).length,
	ignored: rows.filter(({ignored}) => ignored).length,
}));
