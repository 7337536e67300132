import {editDistance} from '../model/matching/edit-distance.ts';

/** Names that are like the wanted one, nearest first. At most a third of its letters differ; of a short one two may, but never more than half. */
export function nearest(wanted: string, names: readonly string[]): readonly string[] {
	const limit = Math.max(2, Math.floor(wanted.length / 3));
	return [...new Set(names)]
		.filter((name) => Math.abs(name.length - wanted.length) <= limit)
		.map((name) => ({name, distance: editDistance(wanted, name)}))
		.filter(({distance}) => distance <= limit && distance * 2 <= wanted.length)
		.toSorted((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
		.map(({name}) => name);
}
