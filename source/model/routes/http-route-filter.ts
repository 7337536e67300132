import type {Meta} from '../meta.ts';

/** Source: gateway.envoyproxy.io/v1alpha1 HTTPRouteFilter. */
export type HttpRouteFilter = Meta & {
	/** The status with which it answers in place of a backend. */
	readonly directResponse?: number;
};
