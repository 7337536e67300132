/** Where two rules of one controller take a request, the one of the higher rank answers. Compared number by number. */
export type Rank = readonly number[];

export function compareRanks(a: Rank, b: Rank): number {
	return a.reduce((order, number, index) => order || number - (b[index] ?? 0), 0);
}

/** The controller does not use the rule: it stands behind all others. `rank`: where it would stand. */
export function leftOut(rank: Rank): Rank {
	return [-1, ...rank];
}

/** Where a rule would stand that the controller does not use; undefined: it uses the rule. */
export function rankIfUsed([first = 0, ...rest]: Rank): Rank | undefined {
	return first < 0 ? rest : undefined;
}
