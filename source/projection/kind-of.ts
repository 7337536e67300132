import {factsOf, groupOf, kindsThat, type Kind} from '../model/kinds.ts';

/** Which kind of knet's a wire object is, by its apiVersion's group and kind; undefined for kinds knet does not know. */
export function kindOf(apiVersion: string, kind: string): Kind | undefined {
	return byGroup.get(groupOf(apiVersion))?.get(kind);
}

// Maps: a file may name a property that every object has, such as toString of __proto__/v1.
const byGroup = new Map<string, Map<string, Kind>>();
for (const kind of kindsThat(() => true)) {
	const {apis, alsoIn = [], apiKind = kind} = factsOf(kind);
	for (const group of [...apis.map(groupOf), ...alsoIn]) {
		byGroup.set(group, (byGroup.get(group) ?? new Map<string, Kind>()).set(apiKind, kind));
	}
}
