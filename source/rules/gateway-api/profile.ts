import type {Route} from '../../model/routes/gateway.ts';
import type {Controller} from '../controllers/record/controller.ts';
import {specProfile, type GatewayProfile} from '../controllers/record/gateway-profile.ts';

export {specProfile, type GatewayProfile};

/** Which rules a Gateway's controller follows. */
export function profileOf(controller: Controller | undefined): GatewayProfile {
	return controller?.record.gateway?.profile(controller) ?? specProfile;
}

/** Which rules it follows for a route. */
export function profileFor(controller: Controller | undefined, {routeKind}: Route): GatewayProfile {
	const profile = profileOf(controller);
	return routeKind === 'HTTPRoute' || routeKind === 'GRPCRoute' ? profile : {...profile, ...profile.forBytes};
}
