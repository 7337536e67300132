import {refusedConfiguration} from './haproxy-ingress/refused.ts';
import {matchHost, plainHost, withRootDot} from '../host-match.ts';
import {memoizeText} from '../memo.ts';
import {taken, type RouteDecision, type RouteInput, type RuleRef} from '../ingress/decision.ts';
import {longerFirst} from '../ingress/path-fits.ts';
import {routeBy, type Reading} from '../ingress/route-by.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {tlsEntriesFor} from '../ingress/tls-entries.ts';
import {haproxyAnswers} from './answers.ts';
import {byClassObject, isOn} from './classes.ts';
import {redirectCode, redirectedToHttps} from './https-redirect.ts';
import {specProfile} from './gateway-profile.ts';
import {guardOf} from './haproxy-ingress/access.ts';
import {aliasedHosts, otherHosts} from './haproxy-ingress/aliases.ts';
import {booleanOf, isTcpService} from './haproxy-ingress/annotations.ts';
import {isShared, isUsed, redirectOf, saidOfBackend, saidOfPath} from './haproxy-ingress/backends.ts';
import {hostsWith, saidOfHost} from './haproxy-ingress/hosts.ts';
import {fitPath, orderAmongTypes, usualTypeOrder} from './haproxy-ingress/paths.ts';
import {servicePort} from './haproxy-ingress/ports.ts';
import {hostRedirect, pathRedirect, rootRedirect, type Redirected} from './haproxy-ingress/redirects.ts';
import type {ControllerRecord} from './record.ts';
import type {Flags} from './facts.ts';
import type {Claimant, ProtocolInput, SpokenProtocol} from './ingress-side.ts';

const controllerName = 'haproxy-ingress.github.io/controller';

const reading: Reading = {
	paths: {Exact: fitPath, Prefix: fitPath, ImplementationSpecific: fitPath},
	order: longerFirst,
	// Maps of hosts and paths together: what is not found for a host is looked for among wildcards, then without a host.
	isolatesHosts: false,
	pathFirst: true,
	byTlsHost: true,
	leavesOutBroken: true,
	defaults: 'oldest',
	whyNot: ({ingress}) =>
		isTcpService(ingress) ? 'its annotation tcp-service-port makes a TCP service of it' : undefined,
	whyNotRemedy: 'Remove annotation haproxy-ingress.github.io/tcp-service-port.',
};

/** jcmoraisjr/haproxy-ingress. */
export const haproxyIngress: ControllerRecord = {
	implementation: 'HAProxy Ingress',
	sources: [
		'jcmoraisjr/haproxy-ingress 0.14: docs/content/en/docs/configuration/command-line.md, pkg/converters/ingress, pkg/haproxy/config.go, pkg/haproxy/types/maps.go, rootfs/etc/templates/haproxy/haproxy.tmpl',
		'a running HAProxy Ingress 0.14.0',
	],
	images: ['jcmoraisjr/haproxy-ingress', 'haproxy-ingress'],
	names: ['haproxy-ingress'],
	flags: [],
	managed: false,
	annotations: ['haproxy-ingress.github.io/'],
	// Global keys of the ConfigMap, and the defaults of the annotations (configuration keys).
	settings: {
		type: 'keys',
		flag: 'configmap',
		usualNames: ['haproxy-ingress'],
		mayBe: {'ssl-redirect': 'false', 'strict-host': 'true', 'path-type-order': 'regex,begin,prefix,exact'},
	},
	ingress: {
		profile: 'haproxy-ingress',
		controllerNames: [controllerName, `${controllerName}/`],
		speaks: spoken,
		otherHosts,
		annotationClasses: ['haproxy'],
		classFlag: 'ingress-class',
		takes,
		route,
		takesUnnamedHosts: true,
		refusedConfiguration,
		leavesOutBroken: true,
		portOf: servicePort,
		tls: {withoutEntry: 'not-found'},
		bypassesProxy: () => true,
		// createEndpoints, createEndpointSlices (pkg/converters/utils/services.go).
		chooses: 'ready',
		// A path to a missing Service or port is left out (seen on 0.14.0).
		answers: () => ({...haproxyAnswers, 'no-backend': 'http-404'}),
		unknowns: () => [],
	},
	gateway: {
		controllerNames: ['haproxy-ingress.github.io/'],
		gatewayLabels: [],
		names: ['haproxy-ingress'],
		bypassesProxy: true,
		profile: () => specProfile,
		answers: () => haproxyAnswers,
	},
};

/** The annotation comes first (`--ingress-class-precedence` changes that). */
function takes(requested: RequestedClass, claimant: Claimant): boolean | undefined {
	const {flags} = claimant;
	const own = flags['ingress-class'] || 'haproxy';
	const suffix = flags['controller-class'];
	const controllers = [suffix ? `${controllerName}/${suffix}` : controllerName];
	const byObject = (): boolean | undefined =>
		byClassObject(requested, claimant, {controllers, usualNames: [own]});
	if (requested.className !== undefined && isOn(flags['ingress-class-precedence'])) {
		return byObject();
	}

	return requested.annotation === undefined
		? requested.className === undefined
			? isOn(flags['watch-ingress-without-class'])
			: byObject()
		: requested.annotation === own;
}

/** buildBackendProtocol: an unknown protocol leaves it at plain HTTP. */
function spoken({rule, ingresses, stateOf}: ProtocolInput, flags: Flags): SpokenProtocol {
	const said = (name: string): string | undefined =>
		saidOfBackend({ingresses, backendState: stateOf}, rule, name)?.value ?? flags[name];
	const protocol = said('backend-protocol')?.toLowerCase() ?? '';
	const isKnown = /^(?:|h1|http|h1-ssl|https|h2|grpc|h2-ssl|grpcs)$/u.test(protocol);
	return {
		tls:
			/^(?:h[12]-ssl|https|grpcs)$/u.test(protocol) ||
			(isKnown && booleanOf(said('secure-backends')) === true),
		http2: /^(?:h2|h2-ssl|grpcs?)$/u.test(protocol),
		setBy: 'annotation haproxy-ingress.github.io/backend-protocol',
	};
}

/** Rules with `redirect-to` have a map of their own, which is looked at before that of backends (haproxy.tmpl). */
const redirecting: Reading = {
	...reading,
	byTlsHost: false,
	leavesOutBroken: false,
	defaults: 'none',
	whyNot: (rule, _request, input) =>
		redirectOf(rule) !== undefined && rule.host !== '' && isUsed(input, rule) ? undefined : 'no redirect',
};

/** `path-type-order` is for the whole of it; `strict-host` keeps a request with the rules of its host. */
const decideBy = memoizeText((key: string) => {
	const [order = '', strictHost = ''] = key.split(' ');
	const orderAmong = orderAmongTypes(order === '' ? usualTypeOrder : order.split(','));
	return {
		backends: routeBy({all: [{...reading, orderAmong, isolatesHosts: strictHost === 'true'}]}),
		redirects: routeBy({all: [{...redirecting, orderAmong}]}),
	};
});

function route(input: RouteInput): RouteDecision {
	const {settings} = input;
	const typeOrder = (settings['path-type-order'] ?? '').replaceAll(/\s/gu, '').toLowerCase();
	const {backends, redirects} = decideBy(`${typeOrder} ${settings['strict-host'] ?? ''}`);
	// Seen on 0.14.0: the dot of the root stays in the Host header, and no rule fits.
	const named = {
		...input,
		request: {...input.request, host: withRootDot(input.request)},
		secureHosts: input.secureHosts && new Set([...input.secureHosts, ...alwaysSecure(input)]),
	};
	const root = rootRedirect(named);
	const {scheme} = input.request;
	if (root && scheme === 'http') {
		return redirected(root);
	}

	const byPath = withAliases(redirects, named).matched;
	const path = byPath && pathRedirect(byPath, named);
	if (path) {
		return redirected(path);
	}

	const decision = withAliases(backends, named);
	const hosts = decision.matched?.host ? [] : hostRedirect(named);
	const elsewhere = hosts[0] ?? root;
	if (elsewhere) {
		return {...redirected(elsewhere), assumption: ambiguous(hosts)};
	}

	return decision.matched ? guarded(decision, decision.matched, input) : decision;
}

/** Nothing of the rule is behind a redirect. */
function redirected({rule, redirect}: Redirected): RouteDecision {
	return {...taken(rule), backends: [], redirect};
}

/** FindTargetRedirect goes through hosts in any order. */
function ambiguous(hosts: readonly Redirected[]): string | undefined {
	const [first, second] = hosts.map(({redirect}) => redirect.host);
	return second === undefined
		? undefined
		: `hosts ${first} and ${second} both redirect from this name, and their order is not defined`;
}

/** Hosts with `ssl-always-add-https` have https without a TLS entry. */
function alwaysSecure({ingresses, settings}: RouteInput): readonly string[] {
	const name = 'ssl-always-add-https';
	return booleanOf(settings[name])
		? ingresses.flatMap(({rules}) => rules.map(({host}) => plainHost(host)))
		: hostsWith(ingresses, name)
				.filter(({value}) => booleanOf(value))
				.map(({host}) => host);
}

function hasTls(host: string, input: RouteInput): boolean {
	return (
		tlsEntriesFor(input.ingresses)(host).some((entry) => entry.host === host) ||
		alwaysSecure(input).includes(host)
	);
}

type Decide = (input: RouteInput) => RouteDecision;

/** The rules of a host are also for its aliases. */
function withAliases(decide: Decide, input: RouteInput): RouteDecision {
	const own = decide(input);
	const {request} = input;
	if (own.matched?.host && matchHost(own.matched.host, request.host, {wildcard: 'one-label'}) === 3) {
		return own;
	}

	const {secureHosts: secure} = input;
	const aliased = aliasedHosts(input.ingresses, request.host)
		.map((host) => {
			const secureHosts = secure && hasTls(host, input) ? new Set([...secure, host]) : secure;
			return {host, decision: decide({...input, secureHosts, request: {...request, host}})};
		})
		.find(({host, decision}) => plainHost(decision.matched?.host ?? '') === host);
	return aliased?.decision ?? own;
}

/** What annotations let a request through to the backend of its rule. */
function guarded(decision: RouteDecision, matched: RuleRef, input: RouteInput): RouteDecision {
	const {request, settings} = input;
	const isRedirected = request.scheme === 'http' && redirects(matched, input);
	const guard = decision.assumption === undefined ? guardOf(matched, input) : undefined;
	if ((isRedirected || guard) && isAlias(matched, request) && isShared(input, matched)) {
		return {
			...decision,
			assumption: 'its backend has other paths, whose annotations may not hold for an alias',
		};
	}

	if (isRedirected) {
		return redirectedToHttps(decision, request, redirectCode(settings['ssl-redirect-code'], 302));
	}

	return guard?.status === undefined ? {...decision, ...guard} : {...decision, ...guard, backends: []};
}

/** The map of a backend's paths, which is there where they differ, has no aliases (WriteBackendMaps; seen on 0.14.0). */
function isAlias({host}: RuleRef, request: RouteInput['request']): boolean {
	return host !== '' && matchHost(host, request.host, {wildcard: 'one-label'}) === 0;
}

/** The host of the rule has TLS by any Ingress (buildBackendSSLRedirect), or its connections are passed on (WriteFrontendMaps). */
function redirects(rule: RuleRef, input: RouteInput): boolean {
	const {host, value} = rule;
	const {ingresses, settings} = input;
	if (booleanOf(saidOfHost(ingresses, plainHost(host), 'ssl-passthrough'))) {
		return (value || '/') === '/';
	}

	const said = saidOfPath(input, rule, 'ssl-redirect', (text) => booleanOf(text) !== undefined)?.value;
	const onHttp = (settings['no-tls-redirect-locations'] ?? '/.well-known/acme-challenge')
		.split(',')
		.map((prefix) => prefix.trim())
		.filter((prefix) => prefix !== '');
	return (
		host !== '' &&
		hasTls(plainHost(host), input) &&
		(booleanOf(said ?? settings['ssl-redirect']) ?? true) &&
		!onHttp.some((prefix) => (value || '/').startsWith(prefix))
	);
}
