import {messageOf} from '../../errors.ts';
import {isWorthAsking, whoChanged, whoElseWrote, type ManagedEntry, type Who} from '../../history/who.ts';
import type {Kind} from '../../model/kinds.ts';
import {refText} from '../../model/ref.ts';
import type {ReadManagers} from '../data-source.ts';
import type {ToldChange} from '../state.ts';

/** Who made changes: asked for those that are looked at, once each. */
export type WhoChanged = {
	/** Asks for what is not known yet. `changes`: newest first. */
	look(changes: readonly ToldChange[]): void;
	with(changes: readonly ToldChange[]): readonly ToldChange[];
	/** Why nobody is named. */
	readonly problem: string | undefined;
};

/** The most requests at once, and the most answers that are kept. */
const mostAtOnce = 4;
const mostKept = 5000;

export function createWhoChanged(read: ReadManagers | undefined, onKnown: () => void): WhoChanged {
	const answers = new Map<number, Who | undefined>();
	let newest: ReadonlyMap<string, ToldChange> = new Map();
	let running = 0;
	let problem: string | undefined;

	function learn(change: ToldChange, lastSeen: number | undefined, entries: readonly ManagedEntry[]): void {
		// The object changed again, or another path is looked at: the answer may be of a later change.
		if (newest.get(refText(change.object))?.id !== change.id) {
			answers.delete(change.id);
			return;
		}

		const kind = change.object.kind as Kind;
		const {fields, at, turns} = change;
		const who = whoChanged({kind, fields, at, lastSeen}, entries);
		answers.set(change.id, who);
		const [, before] = turns?.last ?? [];
		if (before && !answers.get(before.id)) {
			const manager = whoElseWrote({kind, fields, at: before.at}, who?.manager, entries);
			answers.set(before.id, manager === undefined ? undefined : {manager});
		}
	}

	async function ask(
		change: ToldChange,
		lastSeen: number | undefined,
		readManagers: ReadManagers,
	): Promise<void> {
		const {kind, namespace = '', name} = change.object;
		running++;
		answers.set(change.id, undefined);
		try {
			learn(change, lastSeen, await readManagers(kind as Kind, namespace, name));
		} catch (error) {
			problem = messageOf(error);
		} finally {
			running--;
		}

		for (const id of [...answers.keys()].slice(0, Math.max(0, answers.size - mostKept))) {
			answers.delete(id);
		}

		onKnown();
	}

	return {
		look(changes) {
			if (!read) {
				return;
			}

			newest = newestOfEach(changes);
			const wanted = [...newest.values()].filter(
				(change) => change.type !== 'removed' && isWorthAsking(change.object.kind, change),
			);
			for (const change of wanted) {
				// Once two are named for a fight, nobody is asked again.
				const isKnown = answers.has(change.id) || Boolean(whoOf(change, answers)?.against?.length);
				if (!isKnown && running < mostAtOnce) {
					void ask(change, seenBefore(change, changes), read);
				}
			}
		},
		with: (changes) => changes.map((change) => ({...change, who: whoOf(change, answers)})),
		get problem() {
			return problem;
		},
	};
}

/** Of a change that is taken back again and again: all who made it, by name, so that the order does not change with each turn. */
function whoOf({id, turns}: ToldChange, answers: ReadonlyMap<number, Who | undefined>): Who | undefined {
	if (!turns) {
		return answers.get(id);
	}

	const managers = turns.last.flatMap((turn) => answers.get(turn.id)?.manager ?? []);
	const [manager, ...against] = [...new Set(managers)].toSorted();
	return manager === undefined ? undefined : {manager, against};
}

/** When the object was seen before a change of it. */
function seenBefore({id, object, turns}: ToldChange, changes: readonly ToldChange[]): number | undefined {
	const [, before] = turns?.last ?? [];
	if (before) {
		return before.at;
	}

	return changes.find((each) => each.id < id && refText(each.object) === refText(object))?.at;
}

/**
The newest change of each object, by its name: who made older ones cannot be known any more. A change of the status alone does not
count: the spec keeps its owners, and a rollout changes the status within a second.
*/
function newestOfEach(changes: readonly ToldChange[]): ReadonlyMap<string, ToldChange> {
	const newest = new Map<string, ToldChange>();
	for (const change of changes) {
		const key = refText(change.object);
		const counts = change.type !== 'changed' || isWorthAsking(change.object.kind, change);
		if (counts && !newest.has(key)) {
			newest.set(key, change);
		}
	}

	return newest;
}
