import {isMap, isScalar, isSeq, type Document, type Node} from 'yaml';

/** The line, from 0, of a field as evidence names it: `status.conditions[Ready].status`, `spec.rules[0].http`. */
export function lineOfField(document: Document, source: string, field: string): number | undefined {
	let node: unknown = document.contents;
	for (const step of stepsOf(field)) {
		const next = child(node, step);
		if (next === undefined) {
			break;
		}

		node = next;
	}

	const range = node === document.contents ? undefined : (node as Node | undefined)?.range;
	return range ? source.slice(0, range[0]).split('\n').length - 1 : undefined;
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
