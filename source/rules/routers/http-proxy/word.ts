import {refOf} from '../../../model/ref.ts';
import type {HttpProxy, ProxyRoute} from '../../../model/routes/http-proxy.ts';
import type {RouterProblem} from '../router.ts';

/** Reasons of status that the rules here foresee. */
const foreseen = new Set([
	'DuplicateVhost',
	'FQDNNotSpecified',
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

/** Reasons with which Contour makes no virtual host of a root (httpproxy_processor.go of 1.33, computeHTTPProxy). */
export const withoutHost: ReadonlySet<string> = new Set([
	'RootProxyNotAllowedInNamespace',
	'JWTVerificationNotPermitted',
	'AuthNotPermitted',
	'PolicyDidNotParse',
	'IPFilterPolicyNotValid',
	'ClientValidationInvalid',
	'FallbackNotDelegated',
]);

/** Reasons with which it gives up all routes of a proxy (computeRoutes; four of them seen on 1.33.8). */
export const withoutRoutes: ReadonlySet<string> = new Set([
	'RequestHeadersPolicyInvalid',
	'ResponseHeaderPolicyInvalid',
	'ResponseHeadersPolicyInvalid',
	'CookieRewritePoliciesInvalid',
	'TimeoutPolicyNotValid',
	'RateLimitPolicyNotValid',
	'HealthCheckPolicyInvalid',
	'CACertificateNotDelegated',
	'TLSUpstreamValidation',
	'SlowStartInvalid',
	'OnlyOneMirror',
	'AmbiguousReplacement',
	'DuplicateReplacement',
	'InvalidJWTVerificationPolicy',
	'IncompatibleIPAddressFilters',
	'InvalidCIDR',
]);

/** What Contour says of a proxy with one of the reasons. */
export function saidProblem(proxy: HttpProxy, reasons: ReadonlySet<string>): RouterProblem | undefined {
	const said = isCurrent(proxy) ? proxy.errors.find(({reason}) => reasons.has(reason)) : undefined;
	return said && refused(proxy, 'status.conditions[Valid].errors[].reason', said.message, said.reason);
}

export function refused(proxy: HttpProxy, field: string, why: string, value: string): RouterProblem {
	return {type: 'refused', object: refOf('HTTPProxy', proxy), field, value, why};
}

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
		const said = isCurrent(proxy) ? proxy.errors.filter(({reason}) => !isForeseen(reason)) : [];
		return [
			...[...new Set(unread)].filter((name) => refusing.has(name)).map((name) => `what ${name} does`),
			...said.map(({reason, message}) => `what Contour's error ${reason} means for the request: ${message}`),
		];
	});
}

function isForeseen(reason: string): boolean {
	return foreseen.has(reason) || withoutHost.has(reason) || withoutRoutes.has(reason);
}

/** What the status says is of the proxy as it is now. */
export function isCurrent({observedGeneration, generation}: HttpProxy): boolean {
	return observedGeneration === undefined || observedGeneration >= generation;
}
