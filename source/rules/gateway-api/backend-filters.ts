import type {BackendRef, RouteFilter} from '../../model/routes/gateway.ts';
import type {BackendFilterEffect} from '../controllers/record/backend-filter.ts';
import type {GatewayProfile} from './profile.ts';

/** A filter of a backendRef, and what its controller makes of it. */
export type BackendFilter = {readonly filter: RouteFilter; readonly effect: BackendFilterEffect};

export function filtersOf({filters}: BackendRef, profile: GatewayProfile): readonly BackendFilter[] {
	return filters.map((filter) => ({filter, effect: profile.backendFilter(filter)}));
}

/** `type` of the filter, as the object has it. */
export function filterType(filter: RouteFilter): string {
	return filter.type === 'unknown' ? filter.name || 'without a type' : filter.type;
}

/** What a filter of the backendRef does to its requests: the first that keeps them from the backend, or may. */
export function fateByFilter(
	ref: BackendRef,
	profile: GatewayProfile,
	isResolvedByController: boolean,
):
	| {readonly state: 'filter-refused' | 'redirects' | 'filter-unknown'; readonly filter: RouteFilter}
	| undefined {
	const all = filtersOf(ref, profile);
	const refused = all.find(({effect}) => effect === 'fails');
	if (refused) {
		return {state: 'filter-refused', filter: refused.filter};
	}

	const redirect = all.find(({filter}) => filter.type === 'RequestRedirect');
	if (redirect?.effect === 'applied') {
		return {state: 'redirects', filter: redirect.filter};
	}

	// A controller that resolves the reference either applies the filter or passes over it: only a redirect tells them apart.
	const unread = all.find(
		({filter, effect}) => effect === undefined && (filter === redirect?.filter || !isResolvedByController),
	);
	return unread && {state: 'filter-unknown', filter: unread.filter};
}
