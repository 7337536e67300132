/** Short, of letters and digits that Kubernetes uses in generated names. */
export function hashOf(value: string): string {
	const letters = 'bcdfghjklmnpqrstvwxz2456789';
	let hash = 2_166_136_261;
	for (const character of value) {
		hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
	}

	return Array.from(
		{length: 6},
		(_, position) => letters[Math.floor(hash / letters.length ** position) % letters.length],
	).join('');
}
