/** How one case ended: judged, or left out for a reason. */
export type Outcome =
	| {readonly pass: boolean; readonly expected: unknown; readonly got: unknown}
	| {readonly skip: string};

type Fields = Readonly<Record<string, unknown>>;

/** A field that the case leaves out is not asserted. */
export function compare(expected: Fields, got: Fields): Outcome {
	const pass = Object.entries(expected).every(
		([name, value]) => JSON.stringify(value) === JSON.stringify(got[name]),
	);
	return {pass, expected, got};
}
