import type {FieldChange} from './change.ts';
import type {KeptChange} from './ring.ts';
import {wantedFields} from './who.ts';

/** A change, and the changes to and fro that it ends. */
export type Turns = {
	readonly change: KeptChange;
	/** With itself, newest first; absent for a change that nobody fights about. */
	readonly turns?: readonly KeptChange[];
};

/** A person may take back what they did; so many changes to and fro are two who fight. */
const leastTurns = 4;

/** Longer pauses end a fight: a controller that restores its wish does so every three minutes (Argo CD). Milliseconds. */
const longestPause = 300_000;

/** Folds changes of the same fields of an object that take each other back. `changes`: newest first. */
export function foldTurns(changes: readonly KeptChange[]): readonly Turns[] {
	const chains = chainsOf(changes);
	return changes.flatMap((change): readonly Turns[] => {
		const turns = chains.get(change)!;
		if (turns.length < leastTurns) {
			return [{change}];
		}

		return turns[0] === change ? [{change, turns}] : [];
	});
}

function chainsOf(changes: readonly KeptChange[]): ReadonlyMap<KeptChange, readonly KeptChange[]> {
	const chains = new Map<KeptChange, KeptChange[]>();
	const open = new Map<string, KeptChange[]>();
	for (const change of changes) {
		const {place} = wishOf(change);
		const chain = open.get(place);
		const next = chain?.at(-1);
		if (chain && next && isTakenBack(change, next)) {
			chain.push(change);
			chains.set(change, chain);
		} else {
			const begun = [change];
			open.set(place, begun);
			chains.set(change, begun);
		}
	}

	return chains;
}

type Wish = {
	readonly fields: readonly FieldChange[];
	/** The object and the fields, as a key. */
	readonly place: string;
};

/** Kept: what is shown is worked out again for each event of the cluster, from the same changes. */
const wishes = new WeakMap<KeptChange, Wish>();

function wishOf(change: KeptChange): Wish {
	const known = wishes.get(change);
	if (known) {
		return known;
	}

	const fields = wantedFields(change);
	const wish = {fields, place: [change.key, ...fields.map(({path}) => path)].join(' ')};
	wishes.set(change, wish);
	return wish;
}

function isTakenBack(change: KeptChange, by: KeptChange): boolean {
	const [fields, reverse] = [wishOf(change).fields, wishOf(by).fields];
	return (
		change.type === 'changed' &&
		by.type === 'changed' &&
		by.at - change.at <= longestPause &&
		fields.length === reverse.length &&
		fields.every((field, position) => isReverse(field, reverse[position]!))
	);
}

function isReverse(a: FieldChange, b: FieldChange): boolean {
	return a.path === b.path && a.was === b.is && a.is === b.was;
}
