/** A step of a field path: a name, every item (`[]`), or the items that a key names (`[0]`, `[Ready]`, `[80/TCP]`). */
type Step = {readonly name: string} | {readonly key: string};

/** What a path as findings write it (`status.conditions[Ready].reason`) leads to in an object; nothing: it has no such field. */
export function fieldsAt(object: unknown, path: string): readonly unknown[] {
	return stepsOf(path)
		.reduce<readonly unknown[]>((places, step) => places.flatMap((place) => into(place, step)), [object])
		.filter((value) => value !== undefined && value !== null);
}

function stepsOf(path: string): readonly Step[] {
	return [...path.matchAll(/\[(?<key>[^\]]*)\]|(?<name>[^.[]+)/gu)].map(({groups}) =>
		groups?.['name'] === undefined ? {key: groups?.['key'] ?? ''} : {name: groups['name']},
	);
}

function into(place: unknown, step: Step): readonly unknown[] {
	if ('name' in step) {
		return isMap(place) ? [place[step.name]] : [];
	}

	if (!Array.isArray(place)) {
		return isMap(place) ? [place[step.key]] : [];
	}

	return step.key === '' ? place : place.filter((item, index) => isNamed(item, index, step.key));
}

function isNamed(item: unknown, index: number, key: string): boolean {
	if (!isMap(item)) {
		return item === key || String(index) === key;
	}

	const {name, type, port, protocol} = item;
	const names = [index, name, type, port, `${String(port)}/${String(protocol)}`];
	return names.some((each) => String(each) === key);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
