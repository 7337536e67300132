/** Absolute, with the dot at the end. */
export function fqdn(name: string): string {
	return name.endsWith('.') ? name : `${name}.`;
}

/** As people write it: without the dot at the end. */
export function plainName(name: string): string {
	return name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name;
}

/** Labels from the left; the root has none. An escaped dot is part of its label (RFC 1035, 5.1). */
export function labelsOf(name: string): readonly string[] {
	const plain = plainName(name);
	return plain === '' || plain === '.' ? [] : plain.split(/(?<!\\)\./u);
}

/** The same name or one below it, without regard to case (RFC 4343). */
export function isWithin(zone: string, name: string): boolean {
	const zoneLabels = labelsOf(zone.toLowerCase());
	const nameLabels = labelsOf(name.toLowerCase());
	const offset = nameLabels.length - zoneLabels.length;
	return offset >= 0 && zoneLabels.every((label, index) => label === nameLabels[offset + index]);
}

/** The longest of the zones that holds the name. */
export function longestZone(zones: readonly string[], name: string): string | undefined {
	return zones
		.filter((zone) => isWithin(zone, name))
		.toSorted((a, b) => labelsOf(b).length - labelsOf(a).length)[0];
}

export function sameName(a: string, b: string): boolean {
	return plainName(a).toLowerCase() === plainName(b).toLowerCase();
}
