/** Only some of many alike are asked, spread over the list. */
export function sample<T>(items: readonly T[], most: number): readonly T[] {
	return items.length <= most
		? items
		: Array.from({length: most}, (_, position) => items[Math.floor((position * items.length) / most)]!);
}
