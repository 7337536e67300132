import {matchHost, plainHost, withRootDot} from '../../host-match.ts';
import {memoizeText} from '../../memoize.ts';
import {noMatch, taken, type RouteDecision, type RouteInput, type RuleRef} from '../../ingress/decision.ts';
import {longerFirst} from '../../ingress/path-fits.ts';
import {routeBy, type Reading} from '../../ingress/route-by.ts';
import {tlsEntriesFor} from '../../ingress/tls-entries.ts';
import {redirectCode, redirectedToHttps} from '../record/https-redirect.ts';
import {guardOf} from './access.ts';
import {aliasedHosts} from './aliases.ts';
import {booleanOf, isTcpService} from './annotations.ts';
import {isShared, isUsed, redirectOf, saidOfPath} from './backends.ts';
import {hostsWith, passesTls, saidOfHost} from './hosts.ts';
import {fitPath, leadsNowhere, orderAmongTypes, tieAmong, usualTypeOrder} from './paths.ts';
import {hostRedirect, pathRedirect, rootRedirect, type Redirected} from './redirects.ts';

const reading: Reading = {
	paths: {Exact: fitPath, Prefix: fitPath, ImplementationSpecific: fitPath},
	order: longerFirst,
	// Maps of hosts and paths together: what is not found for a host is looked for among wildcards, then without a host.
	isolatesHosts: false,
	pathFirst: true,
	byTlsHost: true,
	tieAmong,
	leavesOutBroken: true,
	defaults: 'oldest',
	whyNot: ({ingress}) =>
		isTcpService(ingress) ? 'its annotation tcp-service-port makes a TCP service of it' : undefined,
	whyNotRemedy: 'Remove annotation haproxy-ingress.github.io/tcp-service-port.',
};

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

export function route(input: RouteInput): RouteDecision {
	const {settings} = input;
	const typeOrder = (settings['path-type-order'] ?? '').replaceAll(/\s/gu, '').toLowerCase();
	const {backends, redirects} = decideBy(`${typeOrder} ${settings['strict-host'] ?? ''}`);
	// Seen on 0.14.0: the dot of the root stays in the Host header, and no rule fits.
	const named = {
		...input,
		request: {...input.request, host: withRootDot(input.request)},
		secureHosts: input.secureHosts && new Set([...input.secureHosts, ...alwaysSecure(input)]),
	};
	const passed = passedOn(backends, named);
	if (passed) {
		return passed;
	}

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

	const {matched} = decision;
	return !matched
		? decision
		: leadsNowhere(matched)
			? withBlank(matched, decision)
			: guarded(decision, matched, input);
}

function withBlank(rule: RuleRef, {losers}: RouteDecision): RouteDecision {
	const why = 'its path has a blank, at which HAProxy ends the path';
	return {...noMatch, losers: [{rule, why, remedy: 'Write the path without a blank.'}, ...losers]};
}

/**
`ssl-passthrough` sends the TLS of a host to the backend of `/`, whatever the path, and needs no TLS entry (buildHostSSLPassthrough,
WriteFrontendMaps).
*/
function passedOn(decide: Decide, input: RouteInput): RouteDecision | undefined {
	const {request, ingresses} = input;
	const isAsked =
		request.scheme === 'https' &&
		hostsWith(ingresses, 'ssl-passthrough').some(
			({host, value}) => booleanOf(value) && matchHost(host, request.host, {wildcard: 'one-label'}) > 0,
		);
	const decision = isAsked
		? decide({...input, secureHosts: undefined, request: {...request, urlPath: '/'}})
		: undefined;
	const matched = decision?.matched;
	return matched && passesTls(matched, ingresses) ? {...taken(matched), passesTls: true} : undefined;
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
		return passesTls(rule, ingresses);
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
