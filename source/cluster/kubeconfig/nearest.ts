import {editDistance} from '../../model/matching/edit-distance.ts';

/** The known name that a mistyped one most likely meant; undefined when none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
	const wanted = name.toLowerCase();
	const ranked = [...known]
		.map((candidate) => ({candidate, distance: distanceOf(wanted, candidate.toLowerCase())}))
		.toSorted((a, b) => a.distance - b.distance);
	const [best] = ranked;
	return best && best.distance <= Math.ceil(name.length / 3) ? best.candidate : undefined;
}

/** A name that contains the other is near. */
function distanceOf(a: string, b: string): number {
	const contains = a !== '' && (b.includes(a) || (b !== '' && a.includes(b)));
	return contains ? 1 : editDistance(a, b);
}
