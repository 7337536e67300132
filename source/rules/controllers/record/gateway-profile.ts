import type {RouteMatch} from '../../../model/routes/gateway.ts';
import type {ServicePort} from '../../../model/services/service.ts';
import type {BackendFilterRule} from './backend-filter.ts';

/**
Which rules a Gateway's controller follows. `gateway-api`: the specification, with listener isolation. `traefik`: as Traefik 3
was seen to do it.
*/
export type GatewayProfile = {
	readonly name: 'gateway-api' | 'traefik';
	/** A request is served by the one most specific listener, not by any that takes its host. */
	readonly isolatesListeners: boolean;
	/** Only rules of the most specific hostname are looked at (a virtual host of Envoy, a server of nginx, a host rule of GKE). */
	readonly isolatesHosts: boolean;
	/** Only rules of the path that fits best are looked at: where their other criteria do not fit it answers 404 (a location of nginx). */
	readonly isolatesPaths: boolean;
	/** A method counts as one header more, and where the number is the same, exact ones go before regular expressions (Envoy Gateway). */
	readonly methodIsHeader: boolean;
	/** Path and all else weigh more than the hostname: Traefik adds them up to one number. */
	readonly sumsPriorities: boolean;
	/** It leaves the dot of the root in a Host header, with which no hostname fits. */
	readonly keepsRootDot: boolean;
	/** A path as rules are compared with it. */
	readonly readsPath: (urlPath: string) => string;
	/** Types of paths, the first goes before the others. Gateway API leaves open where RegularExpression stands. */
	readonly pathTypes: readonly NonNullable<RouteMatch['path']>['type'][];
	/** A rule with the host and match of an older one is left out whole (Contour). */
	readonly dropsConflicts: boolean;
	/** A rule that redirects takes requests whatever their query parameters are (Contour). */
	readonly redirectsAnyQuery: boolean;
	/** A regular expression must take the whole text (Envoy), or only a part of it (Traefik). */
	readonly wholeRegex: boolean;
	/** Of regular expressions of one length, the one that is later in the order of text goes first, before methods and headers. */
	readonly laterPathFirst: boolean;
	/** A regular expression takes a path from its beginning, whatever follows. */
	readonly startsPathRegex: boolean;
	/** Any value of a repeated header or query parameter may match, and a name asked for twice must match twice. */
	readonly anyValue: boolean;
	/** Any value of a repeated header may match (Envoy 1.40). */
	readonly anyHeaderValue: boolean;
	/** Query parameters are compared as the URL has them, percent signs and all (Envoy). */
	readonly comparesWrittenQuery: boolean;
	/**
	How a redirect replaces a prefix: whole elements, as the API says, or the text (Envoy); `text-or-none`: the text, and by `/` the
	prefix goes.
	*/
	readonly prefixRedirect: 'elements' | 'text' | 'text-or-none';
	/** A redirect names the port that its filter has, also the usual one of the scheme. */
	readonly showsUsualPort: boolean;
	/** A path with `%2F` or `%5C` is answered by 307 to the same path with slashes. */
	readonly unescapesSlashes: boolean;
	/** A redirect without scheme and port keeps the port of the listener, or the one the client used. */
	readonly redirectPort: 'listener' | 'client';
	/** Status for a rule without any backend that has weight. */
	readonly noBackend: 500 | 503;
	/**
	It sends to Services of type ExternalName: `if-resolved` where its settings allow that, as ResolvedRefs then says; `aliases` where
	the name is that of a Service.
	*/
	readonly externalNames: 'always' | 'if-resolved' | 'aliases' | 'never';
	/** A Service without any EndpointSlice cannot be resolved (500), instead of having no endpoints (503). */
	readonly needsSlices: boolean;
	/** Every port takes TLS, with a certificate of its own where no listener has one, and answers 404 (seen on Traefik 3.6.13). */
	readonly takesTlsAnywhere: boolean;
	/** It takes a GRPCRoute's rules for POST alone. */
	readonly grpcByPost: boolean;
	/** A rule of a GRPCRoute without matches stands behind `/` of an HTTPRoute of its host, whichever is older. */
	readonly bareGrpcLast: boolean;
	/** A match of a GRPCRoute that does not name service and method, both exactly, is left out. */
	readonly grpcByFullName: boolean;
	/** Filters that it does not have: a rule with one of them answers 500. */
	readonly refusedFilters: readonly string[];
	/** Kinds that a filter or a backendRef may name: without the object there is no such rule, whatever the status says. */
	readonly neededExtensions: readonly ('Middleware' | 'TraefikService')[];
	/**
	What becomes of a rule with a filter that it does not take: 500, served without the filter, or left out (404, or the next
	rule).
	*/
	readonly unsupportedFilter: 'fails' | 'ignored' | 'left-out';
	readonly backendFilter: BackendFilterRule;
	/** A rule that it says to have dropped, and that has filters, is there and answers 500. */
	readonly answersForFilters: boolean;
	/** Whether a route that is Accepted False for the value of a field (UnsupportedValue) is still served. */
	readonly servesUnsupported: boolean;
	/** One backendRef that does not resolve makes the whole rule answer 500, whatever its weight. */
	readonly invalidFailsRule: boolean;
	/** Backends that resolve share the requests of those that do not (Contour). */
	readonly sharesAmongValid: boolean;
	/** What differs for a TLSRoute, TCPRoute or UDPRoute, whose connections are passed on as bytes. */
	readonly forBytes?: {readonly invalidFailsRule: boolean; readonly sharesAmongValid: boolean};
	/** A filter RequestMirror whose backend does not resolve makes the rule answer 500, instead of sending no copies. */
	readonly failsByMirror: boolean;
	/** A rule without backendRefs and without a redirect is left out, instead of answering 500. */
	readonly leavesOutBare: boolean;
	/** A server name for which no rule of an HTTPS listener is there ends the TLS handshake. */
	readonly tlsByRoutes: boolean;
	/** A server name that no listener of the port takes ends the TLS handshake. */
	readonly tlsByListener: boolean;
	/** On a listener that ends TLS, the oldest TLSRoute takes every name of the listener, not those of its hostnames alone. */
	readonly ignoresServerName: boolean;
	/** It sends HTTP to a Service port of such a protocol. */
	readonly sendsTo: (protocol: ServicePort['protocol']) => boolean;
	/** What a client meets at a listener that is not programmed, where no other one has the port. Absent: not known. */
	readonly lostListener?: 'refused';
	/**
	A plain HTTP listener keeps those with TLS out of its port where its name comes first, and shares it where theirs does; no status
	says so.
	*/
	readonly plainHoldsPort: boolean;
	/** Listeners on a port that it does not listen on: it answers 404 where the client still gets to. */
	readonly answersForeignPorts: boolean;
	/** The plain HTTP listeners of a port share one route configuration, and a host of two of them spoils it (Envoy Gateway). */
	readonly sharesRoutesOfPort: boolean;
};

export const specProfile: GatewayProfile = {
	name: 'gateway-api',
	isolatesListeners: true,
	isolatesHosts: false,
	isolatesPaths: false,
	methodIsHeader: false,
	sumsPriorities: false,
	keepsRootDot: false,
	readsPath: (urlPath) => urlPath,
	pathTypes: ['Exact', 'RegularExpression', 'PathPrefix'],
	dropsConflicts: false,
	redirectsAnyQuery: false,
	wholeRegex: true,
	laterPathFirst: false,
	startsPathRegex: false,
	anyValue: false,
	anyHeaderValue: false,
	comparesWrittenQuery: false,
	prefixRedirect: 'elements',
	showsUsualPort: false,
	unescapesSlashes: false,
	redirectPort: 'listener',
	noBackend: 500,
	externalNames: 'always',
	needsSlices: false,
	takesTlsAnywhere: false,
	grpcByPost: true,
	bareGrpcLast: false,
	grpcByFullName: false,
	refusedFilters: [],
	neededExtensions: [],
	unsupportedFilter: 'fails',
	backendFilter: () => undefined,
	answersForFilters: false,
	servesUnsupported: false,
	invalidFailsRule: false,
	sharesAmongValid: false,
	failsByMirror: false,
	leavesOutBare: false,
	tlsByRoutes: false,
	tlsByListener: false,
	ignoresServerName: false,
	sendsTo: () => true,
	plainHoldsPort: false,
	answersForeignPorts: false,
	sharesRoutesOfPort: false,
};

/** Envoy has no listener where none is programmed, and looks at one virtual host (seen on Contour, Envoy Gateway and Istio). */
export const envoyProfile: GatewayProfile = {
	...specProfile,
	isolatesHosts: true,
	// Seen on Contour 1.33.8, Envoy Gateway 1.9.1 and Istio of 2026-08-27: 404.
	keepsRootDot: true,
	// Its rules are paths; none of the three asks for POST (seen on Envoy Gateway 1.9.1 and Istio of 2026-08-27).
	grpcByPost: false,
	// Seen on Contour 1.33.8, Envoy Gateway 1.9.1 and Istio of 2026-08-27, with Envoy 1.40.0.
	anyHeaderValue: true,
	comparesWrittenQuery: true,
	prefixRedirect: 'text-or-none',
	tlsByListener: true,
	lostListener: 'refused',
};

/** Label of the objects that a controller makes for a Gateway (GEP-1762). */
export const gatewayNameLabel = 'gateway.networking.k8s.io/gateway-name';
