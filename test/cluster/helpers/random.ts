/** Numbers that look random and come again for the same seed (mulberry32): what is generated can be made again. */
export type Random = {
	/** An element of a list. */
	pick<T>(items: readonly T[]): T;
	/** A whole number below `end`. */
	below(end: number): number;
	chance(probability: number): boolean;
};

export function createRandom(seed: number): Random {
	let state = seed;
	function next(): number {
		state = (state + 0x6d_2b_79_f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	const below = (end: number): number => Math.floor(next() * end);
	return {
		below,
		pick: (items) => items[below(items.length)]!,
		chance: (probability) => next() < probability,
	};
}

/** The same rules and requests in every run; KNET_TEST_SEED draws others. */
export const seed = Number(process.env['KNET_TEST_SEED'] ?? 1);
