import type {Route} from '../../../model/gateway.ts';

export type GatewayInput = {
	readonly gateway: {readonly namespace: string; readonly name: string};
	/** The listener the request needs. Absent: those that the request of the visit needs, or all. */
	readonly listener?: string;
	/** The route that led here, for the words. */
	readonly parentRefFrom?: Pick<Route, 'routeKind' | 'namespace' | 'name'>;
};
