import {compareText} from '../../model/matching/compare-text.ts';
import {withoutTrailingSlash} from '../slashes.ts';

/** A distinct path of an index, and the nearest other path that it begins with. */
type Place<T> = {readonly path: string; readonly items: Placed<T>[]; readonly within?: Place<T>};

export type Placed<T> = {readonly item: T; readonly position: number};

/** Finds those of many items whose path a URL's path begins with. */
type PathIndex<T> = (urlPath: string) => readonly Placed<T>[];

/**
Of thousands of paths a request begins with few. Without case, and without a slash at the end: what is found may match, what is
not found cannot. An item with path '' is always found.
`most`: no more than so many, those with the longest paths.
*/
export function indexByPath<T>(
	items: readonly Placed<T>[],
	pathOf: (item: T) => string,
	most = Infinity,
): PathIndex<T> {
	const places = placesOf(Map.groupBy(items, ({item}) => plainPath(pathOf(item))));
	return (urlPath) => {
		const requested = urlPath.toLowerCase();
		const found: Placed<T>[] = [];
		let place = lastUpTo(places, requested);
		while (place && !requested.startsWith(place.path)) {
			place = place.within;
		}

		// What it begins with, the path begins with too.
		for (; place && found.length < most; place = place.within) {
			found.push(...place.items.slice(0, most - found.length));
		}

		return found;
	};
}

function plainPath(path: string): string {
	const lower = path.toLowerCase();
	return withoutTrailingSlash(lower);
}

/** In the order of their text: whatever begins with a path then stands right behind it. */
function placesOf<T>(byPath: ReadonlyMap<string, Placed<T>[]>): readonly Place<T>[] {
	const open: Place<T>[] = [];
	return [...byPath.keys()].toSorted(compareText).map((path) => {
		while (open.length > 0 && !path.startsWith(open.at(-1)!.path)) {
			open.pop();
		}

		const place = {path, items: byPath.get(path)!, within: open.at(-1)};
		open.push(place);
		return place;
	});
}

/** Every path that the asked one begins with is this place, or one that it stands within. */
function lastUpTo<T>(places: readonly Place<T>[], requested: string): Place<T> | undefined {
	let [low, high] = [0, places.length];
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (places[middle]!.path <= requested) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return places[low - 1];
}
