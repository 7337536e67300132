import type {Controller} from '../controllers/controller.ts';
import {specProfile, type GatewayProfile} from '../controllers/gateway-profile.ts';

export {specProfile, type GatewayProfile};

/** Which rules a Gateway's controller follows. */
export function profileOf(controller: Controller | undefined): GatewayProfile {
	return controller?.record.gateway?.profile(controller) ?? specProfile;
}
