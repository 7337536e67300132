import type {RouteFilter} from '../../../model/routes/gateway.ts';

/**
What becomes of a filter on a backendRef, which Gateway API leaves to each implementation: it is applied; nobody reads it; requests for the
backend fail; or the whole route is left out. Undefined: not known.
*/
export type BackendFilterEffect = 'applied' | 'ignored' | 'fails' | 'left-out' | undefined;

export type BackendFilterRule = (filter: RouteFilter) => BackendFilterEffect;

/** Filters that change headers are applied, as most do. */
export function headersOr(other: BackendFilterEffect): BackendFilterRule {
	return ({type}) =>
		type === 'RequestHeaderModifier' || type === 'ResponseHeaderModifier' ? 'applied' : other;
}
