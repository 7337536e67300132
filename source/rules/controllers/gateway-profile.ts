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
	/** A regular expression must take the whole text (Envoy), or only a part of it (Traefik). */
	readonly wholeRegex: boolean;
	/** Of a repeated header or query parameter any value may match, and a name asked for twice must match twice. */
	readonly anyValue: boolean;
	/** A redirect without scheme and port keeps the port of the listener, or the one the client used. */
	readonly redirectPort: 'listener' | 'client';
	/** Status for a rule without any backend that has weight. */
	readonly noBackend: 500 | 503;
	/** It sends to Services of type ExternalName. */
	readonly externalNames: boolean;
	/** A Service without any EndpointSlice cannot be resolved (500), instead of having no endpoints (503). */
	readonly needsSlices: boolean;
	/** Every port takes TLS, with a certificate of its own where no listener has one, and answers 404 (seen on Traefik 3.6.13). */
	readonly takesTlsAnywhere: boolean;
	/** It takes a GRPCRoute's rules for POST alone. */
	readonly grpcByPost: boolean;
	/** Filters that it does not have: a rule with one of them answers 500. */
	readonly refusedFilters: readonly string[];
};

export const specProfile: GatewayProfile = {
	name: 'gateway-api',
	isolatesListeners: true,
	sumsPriorities: false,
	wholeRegex: true,
	anyValue: false,
	redirectPort: 'listener',
	noBackend: 500,
	externalNames: true,
	needsSlices: false,
	takesTlsAnywhere: false,
	grpcByPost: true,
	refusedFilters: [],
};

/** Label of the objects that a controller makes for a Gateway (GEP-1762). */
export const gatewayNameLabel = 'gateway.networking.k8s.io/gateway-name';
