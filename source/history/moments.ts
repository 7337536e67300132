/** Changes that follow each other within this belong to one moment. Milliseconds. */
const oneMoment = 1000;

/** When something happened: the first of each group of changes that follow closely, oldest first. */
export function momentsOf(times: readonly number[]): readonly number[] {
	const moments: number[] = [];
	let last = Number.NEGATIVE_INFINITY;
	for (const at of times) {
		if (at - last > oneMoment) {
			moments.push(at);
		}

		last = at;
	}

	return moments;
}

/** One moment back from `at`: the time just before it happened. Undefined where none is older. */
export function stepBack(moments: readonly number[], at: number): number | undefined {
	const moment = moments.findLast((each) => each - 1 < at);
	return moment === undefined ? undefined : moment - 1;
}

/** One moment forward: the time just before the one after the next. Undefined where that is now. */
export function stepForward(moments: readonly number[], at: number): number | undefined {
	const moment = moments.find((each) => each - 1 > at);
	return moment === undefined ? undefined : moment - 1;
}
