/** As hosts are compared: without case, and without the dot of the root. */
function plainHost(host: string): string {
	return host.toLowerCase().replace(/\.$/u, '');
}

/** A wildcard, or any host. */
function isOpen(host: string): boolean {
	return host === '' || host.startsWith('*.');
}

/**
Finds those of many items that may be for a host, in their order: that name it, and all with a wildcard or for any host. Of
thousands a request concerns few.
*/
export function indexByHost<T>(
	items: readonly T[],
	hostsOf: (item: T) => readonly string[],
): (host: string) => readonly T[] {
	const placed = items.flatMap((item, position) => hostsOf(item).map((host) => ({item, position, host})));
	const open = placed.filter(({host}) => isOpen(host));
	const named = Map.groupBy(
		placed.filter(({host}) => !isOpen(host)),
		({host}) => plainHost(host),
	);
	return (host) => {
		const found = new Map(
			[...(named.get(plainHost(host)) ?? []), ...open].map(({position, item}) => [position, item]),
		);
		return [...found].toSorted(([a], [b]) => a - b).map(([, item]) => item);
	};
}
