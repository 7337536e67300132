import type {Ingress} from '../../../model/routes/ingress.ts';
import type {RouteDecision, RouteInput, RuleRef} from '../../ingress/decision.ts';
import {byElements, byType, byWholeRegex, exactly} from '../../ingress/path-fits.ts';
import {routeBy, type Reading} from '../../ingress/route-by.ts';
import {redirectedToHttps} from '../record/https-redirect.ts';

const reading: Reading = {
	// ingestion/ingress.go: a regular expression for the whole path.
	paths: {Exact: exactly, Prefix: byElements, ImplementationSpecific: byWholeRegex},
	// translation: exact paths, then regular expressions, then prefixes; the longest of each.
	order: byType('Exact', 'ImplementationSpecific', 'Prefix'),
	isolatesHosts: true,
	// envoy_listener.go: a filter chain for each host of a TLS entry.
	byTlsHost: true,
	defaults: 'unnamed-hosts',
	whyNot: ({ingress}, {scheme}) =>
		passesTls(ingress) && scheme === 'http'
			? 'with annotation tls-passthrough it takes TLS alone'
			: undefined,
	whyNotRemedy: 'Use https, or remove annotation ingress.cilium.io/tls-passthrough.',
};

/** IngressPassthrough: a host, and of its paths `/` alone. The listener looks at the server name, not at the path. */
const passing: Reading = {
	...reading,
	paths: {Exact: () => true, Prefix: () => true, ImplementationSpecific: () => true},
	byTlsHost: false,
	defaults: 'none',
	whyNot: (rule) =>
		!passesTls(rule.ingress)
			? 'no passthrough'
			: rule.host === '' || rule.value !== '/'
				? 'annotation tls-passthrough takes a host with the path / alone'
				: undefined,
	whyNotRemedy: 'Set the path to / and name a host.',
	whyNotIsFinal: true,
};

const decide = routeBy({all: [reading]});

const pass = routeBy({all: [passing]});

export function routeByCilium(input: RouteInput): RouteDecision {
	const {request} = input;
	if (request.scheme === 'https') {
		const passed = pass(input);
		return passed.matched ? {...passed, losers: [], passesTls: true} : withPassing(decide(input), passed);
	}

	const decision = decide(input);
	return isRedirected(decision.matched, input) ? redirectedToHttps(decision, request, 301) : decision;
}

/** What keeps a rule of a passthrough from the request is told where nothing else takes it. */
function withPassing(decision: RouteDecision, {losers}: RouteDecision): RouteDecision {
	const meant = losers.filter(({rule}) => passesTls(rule.ingress));
	return meant.length > 0
		? {...decision, matched: undefined, backends: [], losers: meant, stopWithoutRule: 'tls-error'}
		: decision;
}

/** The virtual host of a host with TLS redirects (envoy_virtual_host.go, envoyHTTPSRoutes), where an Ingress with that TLS entry asks for it. */
function isRedirected(matched: RuleRef | undefined, {ingresses, settings}: RouteInput): boolean {
	const isOnByDefault = settings['enforce-ingress-https'] !== 'false';
	return (
		matched !== undefined &&
		ingresses.some(
			(ingress) =>
				ingress.tls.some(({hosts}) => hosts.includes(matched.host)) &&
				!passesTls(ingress) &&
				(saidOf(ingress, 'force-https') ?? isOnByDefault),
		)
	);
}

export function passesTls(ingress: Ingress): boolean {
	return saidOf(ingress, 'tls-passthrough') === true;
}

/** `enabled`, `disabled`, or a boolean (pkg/ingress/annotations). */
function saidOf({annotations}: Ingress, name: string): boolean | undefined {
	const value = (annotations[`ingress.cilium.io/${name}`] ?? '').toLowerCase();
	return ['enabled', 'true', '1', 't'].includes(value)
		? true
		: ['disabled', 'false', '0', 'f'].includes(value)
			? false
			: undefined;
}
