import type {Controller} from '../resolver.ts';

/**
Which rules a Gateway's controller follows. `gateway-api`: the specification, with listener isolation. `traefik`: as Traefik 3
was seen to do it.
*/
export type GatewayProfile = {
	readonly name: 'gateway-api' | 'traefik';
	/** A request is served by the one most specific listener, not by any that takes its host. */
	readonly isolatesListeners: boolean;
	/** Path and all else weigh more than the hostname: Traefik adds them up to one number. */
	readonly sumsPriorities: boolean;
	/** A regular expression must take the whole path (Envoy), or only a part of it (Traefik). */
	readonly wholeRegex: boolean;
};

export const specProfile: GatewayProfile = {
	name: 'gateway-api',
	isolatesListeners: true,
	sumsPriorities: false,
	wholeRegex: true,
};

/** Source: Traefik's gateway provider (buildMatchRule, buildHostRule), confirmed on a running one. */
export const traefikProfile: GatewayProfile = {
	name: 'traefik',
	isolatesListeners: false,
	sumsPriorities: true,
	wholeRegex: false,
};

export function profileOf(controller: Controller | undefined): GatewayProfile {
	return controller?.profile === 'traefik' ? traefikProfile : specProfile;
}
