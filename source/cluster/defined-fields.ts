/** Headers or a query without those that have no value: Node would send `undefined`. */
export function definedFields<T>(
	fields: Readonly<Record<string, T | undefined>>,
): Readonly<Record<string, T>> {
	return Object.fromEntries(
		Object.entries(fields).filter((field): field is [string, T] => field[1] !== undefined),
	);
}
