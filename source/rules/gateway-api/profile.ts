import type {Controller} from '../controllers/record/controller.ts';
import {specProfile, type GatewayProfile} from '../controllers/record/gateway-profile.ts';

export {specProfile, type GatewayProfile};

/** Which rules a Gateway's controller follows. */
export function profileOf(controller: Controller | undefined): GatewayProfile {
	return controller?.record.gateway?.profile(controller) ?? specProfile;
}
