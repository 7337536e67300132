import type {Labels} from '../../model/meta.ts';
import {nearest} from '../nearest.ts';

/** Pods that nearly fit a selector: the pairs that differ, as the pods have them, and how many pods have them so. */
export type NearMiss = {
	/** What the pods have where the selector wants something else; a pair whose key is absent is left out. */
	readonly labels: Labels;
	/** The pairs of the selector that they lack. */
	readonly wanted: Labels;
	readonly count: number;
};

/**
The labels nearest to a selector, or undefined when none is near: most of the wanted pairs must be
there, or have a value or a key that looks like a typing error.
*/
export function nearestLabels(selector: Labels, candidates: readonly Labels[]): NearMiss | undefined {
	const scored = candidates
		.map((labels) => compare(selector, labels))
		.filter((item) => item !== undefined)
		.toSorted((a, b) => a.distance - b.distance);
	const [best] = scored;
	if (!best) {
		return undefined;
	}

	const key = keyOf(best.labels);
	const wanted = Object.fromEntries(Object.entries(selector).filter(([name]) => best.lacks.has(name)));
	return {labels: best.labels, wanted, count: scored.filter(({labels}) => keyOf(labels) === key).length};
}

type Compared = {readonly labels: Labels; readonly lacks: ReadonlySet<string>; readonly distance: number};

function compare(selector: Labels, labels: Labels): Compared | undefined {
	const pairs = Object.entries(selector).map((wanted) => comparePair(wanted, labels));
	const near = pairs.filter(({isNear}) => isNear).length;
	const differing = pairs.flatMap(({found, distance}) => (found && distance > 0 ? [found] : []));
	const isOther = Object.keys(selector).some(
		(key, at) => isComponentKey(key) && pairs[at]?.distance === otherValue,
	);
	return near * 2 <= pairs.length || differing.length === 0 || isOther
		? undefined
		: {
				labels: Object.fromEntries(differing),
				lacks: new Set(Object.keys(selector).filter((key) => labels[key] !== selector[key])),
				distance: pairs.reduce((sum, {distance}) => sum + distance, 0),
			};
}

/** Another component of the same application: its pods are not what the selector means, however much else they share. */
function isComponentKey(key: string): boolean {
	return key === 'component' || key.endsWith('/component');
}

const otherValue = 3;

/** How many labels with the wanted value are compared by their key: each comparison is as long as both keys. */
const mostKeys = 100;

/** 0: the same; 1: a value like the wanted one; 2: a key like the wanted one, same value; 3: another value; 4: nothing. */
function comparePair(
	[key, value]: readonly [string, string],
	labels: Labels,
): {readonly found?: readonly [string, string]; readonly distance: number; readonly isNear: boolean} {
	const own = Object.hasOwn(labels, key) ? labels[key] : undefined;
	if (own === value) {
		return {found: [key, own], distance: 0, isNear: true};
	}

	if (own !== undefined) {
		return {found: [key, own], distance: isLike(value, own) ? 1 : otherValue, isNear: isLike(value, own)};
	}

	const [likeKey] = nearest(
		key,
		Object.keys(labels)
			.filter((name) => labels[name] === value)
			.slice(0, mostKeys),
	);
	return likeKey ? {found: [likeKey, value], distance: 2, isNear: true} : {distance: 4, isNear: false};
}

/** A typing error, or one is the other with a suffix. Of short words the first letter must agree: `db` is not like `web`. */
function isLike(wanted: string, found: string): boolean {
	const isShort = Math.min(wanted.length, found.length) < 4;
	return isShort
		? wanted[0] === found[0] && (nearest(wanted, [found]).length > 0 || found.startsWith(`${wanted}-`))
		: nearest(wanted, [found]).length > 0 || found.includes(wanted) || wanted.includes(found);
}

function keyOf(labels: Labels): string {
	return Object.keys(labels)
		.toSorted()
		.map((key) => JSON.stringify([key, labels[key]]))
		.join();
}
