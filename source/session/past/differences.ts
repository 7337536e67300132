import {fieldChanges} from '../../history/field-changes.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Kind, AnyObject} from '../../model/kinds.ts';
import type {Replacements} from '../../model/overlay.ts';
import {verdictOrder} from '../../path/hop.ts';
import type {EntryDifference, EntryRow, ObjectDifference} from '../state.ts';

/** More of them are not shown. */
const mostShown = 100;

/** Entries that have another verdict now than then, and those that came and went; worst first, as the list has them. */
export function entryDifferences(
	then: readonly EntryRow[],
	now: readonly EntryRow[],
): readonly EntryDifference[] {
	const [before, after] = [new Map(then.map(byId)), new Map(now.map(byId))];
	return [...new Map([...before, ...after]).values()]
		.map(({id, title, namespace}) => ({
			id,
			title,
			namespace,
			was: before.get(id)?.verdict,
			is: after.get(id)?.verdict,
		}))
		.filter(({id, was, is}) => was !== is && isWalked(before.get(id)) && isWalked(after.get(id)))
		.toSorted((a, b) => rankOf(a) - rankOf(b))
		.slice(0, mostShown);
}

/** An entry that was not walked yet may be as it was. */
function isWalked(row: EntryRow | undefined): boolean {
	return row === undefined || row.verdict !== undefined;
}

/** What is gone comes first: nothing answers there any more. */
function rankOf({is}: EntryDifference): number {
	return is === undefined ? -1 : verdictOrder.indexOf(is);
}

function byId(row: EntryRow): readonly [string, EntryRow] {
	return [row.id, row];
}

/** Objects that are others now than then, where a person looks; of those elsewhere how many changed. */
export function objectDifferences(
	then: Replacements,
	now: Snapshot,
	isHere: (object: ChangedObject) => boolean,
): {readonly objects: readonly ObjectDifference[]; readonly elsewhere: number} {
	const changed = [...then]
		.filter(([kind]) => kind !== 'Event')
		.flatMap(([kind, objects]) =>
			[...objects].map(([key, was]) => {
				const [namespace = '', name = ''] = key.split('/');
				return {kind, namespace, name, was};
			}),
		);
	const here = changed.filter(isHere);
	return {
		objects: here.flatMap((each) => objectDifference(each, now)).slice(0, mostShown),
		elsewhere: changed.length - here.length,
	};
}

export type ChangedObject = {
	readonly kind: Kind;
	/** '' for kinds without namespaces. */
	readonly namespace: string;
	readonly name: string;
	readonly was: AnyObject | undefined;
};

function objectDifference(
	{kind, namespace, name, was}: ChangedObject,
	now: Snapshot,
): readonly ObjectDifference[] {
	const is = now.get(kind, namespace, name);
	const object = {kind, namespace: namespace || undefined, name};
	if (was === undefined || is === undefined) {
		return was === is ? [] : [{object, type: was ? 'removed' : 'added', fields: []}];
	}

	const fields = fieldChanges(was, is);
	return fields.length > 0 ? [{object, type: 'changed', fields}] : [];
}
