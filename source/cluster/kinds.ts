import {factsOf, groupOf, partsOfPlace, type Kind} from '../model/kinds.ts';
import type {KindFacts, Selection} from '../model/kind-facts.ts';

/** Where objects of a kind are found on an API server, and how they are asked for. */
export type Resource = Pick<
	KindFacts,
	'apis' | 'namespaced' | 'builtIn' | 'codec' | 'selections' | 'named'
> & {
	readonly kind: Kind;
	/** Plural name, as in paths and RBAC rules. */
	readonly name: string;
	/** API group; '' is core. */
	readonly group: string;
};

/** The resource of a kind. */
export function resourceOf(kind: Kind): Resource {
	const {plural, apis, namespaced, builtIn, codec, selections, named} = factsOf(kind);
	return {
		kind,
		name: plural,
		group: groupOf(apis[0] ?? ''),
		apis,
		namespaced,
		builtIn,
		codec,
		selections,
		named,
	};
}

/** The list-watches of a kind that are one scope. Of a kind that is listed by name, the one of an object (`namespace/name`). */
export function selectionsOf(
	{named, selections}: Resource,
	place: string | undefined,
): readonly (Selection | undefined)[] {
	const {namespace, name} = partsOfPlace(place ?? '');
	return named ? [{namespace, fieldSelector: `metadata.name=${name}`}] : (selections ?? [undefined]);
}

/** The resource that one list-watch of a kind reads. */
export function selectedResource(resource: Resource, selection: Selection | undefined): Resource {
	return selection?.resource
		? {
				...resource,
				name: selection.resource.plural,
				apis: [selection.resource.api],
				group: groupOf(selection.resource.api),
			}
		: resource;
}

/** Path of a list: `/api/v1/namespaces/shop/pods`, `/apis/apps/v1/deployments`. */
export function pathOf(resource: Resource, api: string, namespace?: string): string {
	const root = api.includes('/') ? `/apis/${api}` : `/api/${api}`;
	return namespace !== undefined && resource.namespaced
		? `${root}/namespaces/${encodeURIComponent(namespace)}/${resource.name}`
		: `${root}/${resource.name}`;
}
