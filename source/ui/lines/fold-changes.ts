import type {Glyphs} from '../../view/text/glyphs.ts';
import {changeWords, isConsequence, toldAt} from '../../view/told-change.ts';
import type {ToldChange} from '../../session/state.ts';

/** A change, and what stands for others with it. */
export type FoldedChange = {
	readonly change: ToldChange;
	/** Further objects of its kind to which the same happened. */
	readonly others: number;
	/** Earlier changes of the same object. */
	readonly earlier: number;
};

/** What follows from one change comes within so much of each other; milliseconds. */
const burst = 10_000;

/**
Changes, newest first. What followed at once is told once: of an object what it came to, and of several of one kind with
the same outcome the newest. One scale makes dozens of them, and the change that they follow from would sink below.
*/
export function foldChanges(changes: readonly ToldChange[], glyphs: Glyphs): readonly FoldedChange[] {
	const folded: Mutable[] = [];
	let open = new Map<string, Mutable>();
	let last = Infinity;
	for (const change of changes.toSorted((a, b) => toldAt(b) - toldAt(a))) {
		const at = toldAt(change);
		const follows = isConsequence(change);
		if (!follows || last - at > burst) {
			open = new Map();
		}

		last = at;
		const found = follows ? heldBy(open, change, glyphs) : undefined;
		if (!found) {
			folded.push({change, others: 0, earlier: 0});
		}

		if (follows) {
			remember(open, found ?? folded.at(-1)!, {change, glyphs});
		}
	}

	return folded;
}

type Mutable = {-readonly [K in keyof FoldedChange]: FoldedChange[K]};

/** Counts the change where a newer one stands for it. */
function heldBy(open: ReadonlyMap<string, Mutable>, change: ToldChange, glyphs: Glyphs): Mutable | undefined {
	const own = open.get(objectKey(change));
	if (own) {
		own.earlier += 1;
		return own;
	}

	const like = open.get(outcomeKey(change, glyphs));
	if (like) {
		like.others += 1;
	}

	return like;
}

function remember(
	open: Map<string, Mutable>,
	folded: Mutable,
	{change, glyphs}: {readonly change: ToldChange; readonly glyphs: Glyphs},
): void {
	if (!open.has(objectKey(change))) {
		open.set(objectKey(change), folded);
		open.set(outcomeKey(change, glyphs), folded);
	}
}

function objectKey({object: {kind, namespace = '', name}}: ToldChange): string {
	return `object ${kind}/${namespace}/${name}`;
}

function outcomeKey(change: ToldChange, glyphs: Glyphs): string {
	return `outcome ${change.object.kind} ${changeWords(change, glyphs).what}`;
}
