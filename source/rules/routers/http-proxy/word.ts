import type {HttpProxy, ProxyRoute} from '../../../model/routes/http-proxy.ts';

/** Reasons of status that the rules here foresee. */
const foreseen = new Set([
	'DuplicateVhost',
	'FQDNNotSpecified',
	'RootProxyNotAllowedInNamespace',
	'NothingDefined',
	'TLSConfigNotValid',
	'SecretNotValid',
	'DelegationNotPermitted',
	'FallbackNotPresent',
	'FallbackNotValid',
	'TLSMustBeConfigured',
	'IncludeCreatesCycle',
	'PathMatchConditionsNotValid',
	'HeaderMatchConditionsNotValid',
	'DuplicateMatchConditions',
	'IncludeNotFound',
	'RootIncludesRoot',
	'RouteActionCountNotValid',
	'RequestRedirectPolicy',
	'MustHavePrefix',
	'ServicePortInvalid',
	'ServiceUnresolvedReference',
	'UnsupportedProtocol',
	'Orphaned',
]);

/** Fields that may refuse a request by themselves. */
const refusing = new Set([
	'jwtProviders',
	'jwtVerificationPolicy',
	'ipAllowPolicy',
	'ipDenyPolicy',
	'tls.clientValidation',
]);

/** What Contour says of the proxies on the way and the rules do not foresee, and what of the host and the route may refuse a request. */
export function wordOfContour(
	proxies: readonly HttpProxy[],
	taken: {readonly proxy: HttpProxy; readonly route?: ProxyRoute} | undefined,
): readonly string[] {
	return proxies.flatMap((proxy) => {
		const ofRoute = taken?.proxy === proxy ? (taken.route?.unread ?? []) : [];
		const unread = [...(proxy.virtualHost?.unread ?? []), ...ofRoute];
		const said = isCurrent(proxy) ? proxy.errors.filter(({reason}) => !foreseen.has(reason)) : [];
		return [
			...[...new Set(unread)].filter((name) => refusing.has(name)).map((name) => `what ${name} does`),
			...said.map(({reason, message}) => `what Contour's error ${reason} means for the request: ${message}`),
		];
	});
}

/** What the status says is of the proxy as it is now. */
export function isCurrent({observedGeneration, generation}: HttpProxy): boolean {
	return observedGeneration === undefined || observedGeneration >= generation;
}
