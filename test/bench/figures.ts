/** What was measured, or why there is no figure: a run that did not end well, or without the rows that it should have. */
export type Measured = {readonly value: number} | {readonly why: string};

export type Line = {
	readonly name: string;
	readonly goal: number;
	/** `least`: the figure should be at least the goal. */
	readonly isLeast?: boolean;
	readonly value: Measured;
	/** The floor or the peer of the same run. Absent: the goal is a value of its own. */
	readonly of?: Measured;
	readonly unit: string;
	readonly ofName?: string;
};

/** Prints a line. True where the goal is met. */
export function printLine(line: Line): boolean {
	const {name, goal, isLeast = false, value, of, unit, ofName = ''} = line;
	const why = 'why' in value ? value.why : of && 'why' in of ? `${ofName}: ${of.why}` : undefined;
	if (why !== undefined || 'why' in value || (of && 'why' in of)) {
		console.log(`${name.padEnd(58)} no figure: ${why}`);
		return false;
	}

	const figure = of ? value.value / of.value : value.value;
	const isMet = isLeast ? figure >= goal : figure <= goal;
	const parts = of
		? `${text(value.value)} ${unit} / ${text(of.value)} ${unit} (${ofName}) = ${text(figure)}`
		: `${text(figure)} ${unit}`;
	console.log(
		`${name.padEnd(58)} ${parts}; goal ${isLeast ? '≥' : '≤'} ${goal}: ${isMet ? 'met' : 'NOT MET'}`,
	);
	return isMet;
}

function text(value: number): string {
	return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(2);
}

/** The value at a share of all, sorted. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
