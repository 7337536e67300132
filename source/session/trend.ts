import type {EntryRow} from './state.ts';

/** One bar of the half hour, in milliseconds. */
const stretch = 180_000;
const mostStretches = 10;

/** How many entries were broken at worst, by namespace, in each stretch of the last half hour. */
export type Trend = {
	note(rows: readonly EntryRow[], at: number): void;
	/** Of the namespaces that were noted last; oldest first, undefined where nobody looked. */
	readonly broken: Readonly<Record<string, readonly (number | undefined)[]>>;
};

export function createTrend(): Trend {
	const namespaces = new Map<string, Map<number, number>>();
	let broken: Trend['broken'] = {};

	function noteOne(namespace: string, count: number, now: number): readonly (number | undefined)[] {
		const stretches = namespaces.get(namespace) ?? new Map<number, number>();
		namespaces.set(namespace, stretches.set(now, Math.max(count, stretches.get(now) ?? 0)));
		for (const old of [...stretches.keys()].filter((each) => each <= now - mostStretches)) {
			stretches.delete(old);
		}

		return Array.from({length: mostStretches}, (_, position) =>
			stretches.get(now - mostStretches + 1 + position),
		);
	}

	return {
		get broken() {
			return broken;
		},
		note(rows, at) {
			const now = Math.floor(at / stretch);
			const counts = new Map<string, number>();
			for (const {namespace, verdict, ignored} of rows) {
				const isBroken = verdict === 'broken' && !ignored;
				counts.set(namespace, (counts.get(namespace) ?? 0) + Number(isBroken));
			}

			broken = Object.fromEntries(
				Array.from(counts, ([namespace, count]) => [namespace, noteOne(namespace, count, now)]),
			);
		},
	};
}
