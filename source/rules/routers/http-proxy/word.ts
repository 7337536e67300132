import type {HttpProxy} from '../../../model/http-proxy.ts';

/** Reasons of status that the rules here foresee. */
const foreseen = new Set([
	'DuplicateVhost',
	'FQDNNotSpecified',
	'NothingDefined',
	'TLSConfigNotValid',
	'SecretNotValid',
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
	'authorization',
	'authPolicy',
	'jwtProviders',
	'jwtVerificationPolicy',
	'ipAllowPolicy',
	'ipDenyPolicy',
	'tls.clientValidation',
]);

/** What Contour says of the proxies on the way and the rules do not foresee, and what may refuse a request. */
export function wordOfContour(proxies: readonly HttpProxy[]): readonly string[] {
	return proxies.flatMap((proxy) => {
		const unread = [...(proxy.virtualHost?.unread ?? []), ...proxy.routes.flatMap((route) => route.unread)];
		const said = isCurrent(proxy) ? proxy.errors.filter(({reason}) => !foreseen.has(reason)) : [];
		return [
			...[...new Set(unread)].filter((name) => refusing.has(name)).map((name) => `what ${name} does`),
			...said.map(({reason, message}) => `what Contour's error ${reason} means for the request: ${message}`),
		];
	});
}

function isCurrent({observedGeneration, generation}: HttpProxy): boolean {
	return observedGeneration === undefined || observedGeneration >= generation;
}
