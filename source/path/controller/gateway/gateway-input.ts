import type {Route} from '../../../model/routes/gateway.ts';
import type {ListenerSetKind} from '../../../rules/gateway-api/listeners/listener-sets.ts';

export type GatewayInput = {
	readonly gateway: {readonly namespace: string; readonly name: string};
	/** The listener the request needs. Absent: those that the request of the visit needs, or all. */
	readonly listener?: string;
	/** The ListenerSet that is asked for: its listeners alone matter. */
	readonly set?: {readonly kind: ListenerSetKind; readonly namespace: string; readonly name: string};
	/** The route that led here, for the words. */
	readonly parentRefFrom?: Pick<Route, 'routeKind' | 'namespace' | 'name'>;
};
