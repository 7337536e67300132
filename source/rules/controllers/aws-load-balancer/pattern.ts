/** A pattern of ELB: `*` is any text, `?` one character. Linear in the text for each `*`: the parts between are looked for from left to right. */
export function fitsPattern(pattern: string, text: string): boolean {
	const parts = pattern.split('*');
	const [first = '', ...rest] = parts;
	if (!fitsAt(first, text, 0)) {
		return false;
	}

	let at = first.length;
	for (const [index, part] of rest.entries()) {
		const isLast = index === rest.length - 1;
		const found = isLast ? lastPlace(part, text, at) : firstPlace(part, text, at);
		if (found === undefined) {
			return false;
		}

		at = found + part.length;
	}

	return rest.length > 0 || at === text.length;
}

function fitsAt(part: string, text: string, at: number): boolean {
	return (
		at + part.length <= text.length &&
		part.split('').every((char, offset) => char === '?' || char === text[at + offset])
	);
}

function firstPlace(part: string, text: string, from: number): number | undefined {
	for (let at = from; at + part.length <= text.length; at++) {
		if (fitsAt(part, text, at)) {
			return at;
		}
	}

	return undefined;
}

function lastPlace(part: string, text: string, from: number): number | undefined {
	const at = text.length - part.length;
	return at >= from && fitsAt(part, text, at) ? at : undefined;
}
