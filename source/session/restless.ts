import type {Kind} from '../model/kinds.ts';
import type {Clock} from '../clock.ts';
import type {Notice} from '../store/store-types.ts';

/** Decides which changes are told at once, and which later. */
export type Restless = {
	/** Tells what has changed: at once, except for objects that change again and again and show nothing new. */
	readonly hear: (notice: Notice) => void;
	/**
	To be called after each walk is shown. `isNews`: undefined while the past or a supposition is on the screen, which
	says nothing about what was told. `isLast`: nothing that was told is left to walk.
	*/
	readonly shown: (isNews: boolean | undefined, isLast: boolean) => void;
	readonly stop: () => void;
};

/** So many changes in a row that show nothing new make an object restless. */
const patience = 3;
/** The first wait of a restless object, twice as long after each change that shows nothing new, and the longest. Milliseconds. */
const firstWait = 250;
const longestWait = 2000;
/** An object that rests for so long is no longer restless. Milliseconds. */
const calmAfter = 10_000;
/** Above this number, objects that have rested are forgotten. */
const many = 1000;

type Options = {
	readonly clock: Clock;
	/** Whether the list of a kind came, failed or fell silent: that never waits. */
	readonly hasNewState: (kind: Kind) => boolean;
	readonly tell: (notice: Notice) => void;
};

type Heard = {readonly at: number; readonly inVain: number};

/**
Two controllers that fight over the status of an object change it several times a second, for ever, and nothing on the screen changes:
the walks that read it rest for up to two seconds then. A change of any other object is told at once.
*/
export function createRestless({clock, hasNewState, tell}: Options): Restless {
	const heard = new Map<string, Heard>();
	const told = new Set<string>();
	const waiting = new Set<string>();
	let news = false;
	let cancel: (() => void) | undefined;
	let dueAt = Infinity;

	function dueOf(object: string): number {
		const before = heard.get(object);
		const isRestless = before && before.inVain >= patience && clock.elapsed() - before.at < calmAfter;
		return isRestless ? before.at + waitAfter(before.inVain - patience) : 0;
	}

	function note(object: string): void {
		const at = clock.elapsed();
		const before = heard.get(object);
		const isCalm = !before || at - before.at >= calmAfter;
		heard.set(object, {at, inVain: isCalm ? 0 : before.inVain});
		told.add(object);
	}

	function arm(due: number): void {
		if (due < dueAt) {
			cancel?.();
			dueAt = due;
			cancel = clock.after(due - clock.elapsed(), tellWaiting);
		}
	}

	function tellWaiting(): void {
		dueAt = Infinity;
		cancel = undefined;
		const objects = new Set([...waiting].filter((object) => dueOf(object) <= clock.elapsed()));
		objects.forEach((object) => waiting.delete(object));
		objects.forEach(note);
		waiting.forEach((object) => arm(dueOf(object)));
		if (objects.size > 0) {
			tell({kinds: kindsOf(objects), objects, evidence: false});
		}
	}

	return {
		hear({kinds, objects, evidence}) {
			const later = new Set([...objects].filter((object) => dueOf(object) > clock.elapsed()));
			const now = without(objects, later);
			later.forEach((object) => waiting.add(object));
			later.forEach((object) => arm(dueOf(object)));
			now.forEach((object) => waiting.delete(object));
			now.forEach(note);
			const postponed = [...without(kindsOf(later), kindsOf(now))].filter((kind) => !hasNewState(kind));
			const kindsNow = without(kinds, new Set(postponed));
			if (kindsNow.size > 0 || evidence) {
				tell({kinds: kindsNow, objects: now, evidence});
			}
		},
		shown(isNews, isLast) {
			news ||= isNews === true;
			if (!isLast) {
				return;
			}

			for (const object of told) {
				const {at, inVain} = heard.get(object)!;
				heard.set(object, {at, inVain: news ? 0 : isNews === undefined ? inVain : inVain + 1});
			}

			news = false;
			told.clear();
			if (heard.size > many) {
				forget(heard, clock.elapsed() - calmAfter);
			}
		},
		stop: () => cancel?.(),
	};
}

function waitAfter(inVain: number): number {
	return Math.min(longestWait, firstWait * 2 ** inVain);
}

function kindsOf(objects: ReadonlySet<string>): ReadonlySet<Kind> {
	return new Set([...objects].map((object) => object.split('/', 1)[0] as Kind));
}

function without<T>(all: ReadonlySet<T>, others: ReadonlySet<T>): ReadonlySet<T> {
	return new Set([...all].filter((each) => !others.has(each)));
}

function forget(heard: Map<string, Heard>, before: number): void {
	for (const [object, {at}] of heard) {
		if (at < before) {
			heard.delete(object);
		}
	}
}
