/** Whether a condition holds; undefined: not known. */
type Holds = boolean | undefined;

/** One that holds decides; else one that is not known. */
export function anyHolds(results: readonly Holds[]): Holds {
	return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
}

/** One that does not hold decides; else one that is not known. */
export function allHold(results: readonly Holds[]): Holds {
	return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}
