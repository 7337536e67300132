/** `1 pod`, `3 pods`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
	return `${number} ${number === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and 4 more`: a list that stays readable however long it is. */
export function namesOf(names: readonly string[]): string {
	if (names.length <= 2) {
		return names.join(' and ');
	}

	return names.length === 3
		? `${names[0]}, ${names[1]} and ${names[2]}`
		: `${names[0]}, ${names[1]} and ${names.length - 2} more`;
}

/** `app=web,tier=front`, as kubectl writes selectors. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
	return Object.entries(labels)
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
}

/** A moment as objects have it (RFC 3339, to the second). */
export function instant(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace(/\.000Z$/, 'Z');
}

/** A span of time in whole units: `8s`, `4m12s`, `3h`, `2d`. Milliseconds in; never negative. */
export function span(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	if (seconds < 60) {
		return `${seconds}s`;
	}

	if (seconds < 3600) {
		return seconds % 60 === 0 ? `${seconds / 60}m` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
	}

	return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
