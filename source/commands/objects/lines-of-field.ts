import {isMap, isScalar, isSeq, type Document, type Node} from 'yaml';

/** The lines, from 0, of a field as evidence names it: `status.conditions[Ready].status`, `spec.rules[0].http`; of labels one line each. */
export function linesOfField(document: Document, source: string, field: string): readonly number[] {
	let node: unknown = document.contents;
	for (const step of stepsOf(field)) {
		const next = child(node, step);
		if (next === undefined) {
			break;
		}

		node = next;
	}

	return node === document.contents
		? []
		: placesIn(node).map((at) => source.slice(0, at).split('\n').length - 1);
}

/** Where a value begins; of a map of words, such as a selector, where each of its pairs does. */
function placesIn(node: unknown): readonly number[] {
	const isWords = isMap(node) && node.items.every(({value}) => isScalar(value));
	const places = isWords ? node.items.map(({key}) => key) : [node];
	return places.flatMap((place) => (place as Node | undefined)?.range?.[0] ?? []);
}

function stepsOf(field: string): readonly string[] {
	return field.split(/\.(?![^[]*\])|\[|\]/u).filter((step) => step !== '');
}

/** A key of a map; of a list a position, or the item with that name or type. */
function child(node: unknown, step: string): unknown {
	if (isMap(node)) {
		return node.get(step, true);
	}

	if (!isSeq(node)) {
		return undefined;
	}

	return /^\d+$/u.test(step)
		? node.get(Number(step), true)
		: node.items.find(
				(item) => isMap(item) && ['name', 'type', 'ip'].some((key) => isNamed(item.get(key, true), step)),
			);
}

function isNamed(node: unknown, name: string): boolean {
	return isScalar(node) && String(node.value) === name;
}
