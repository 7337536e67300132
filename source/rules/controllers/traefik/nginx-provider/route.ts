import {
	noMatch,
	taken,
	type RouteDecision,
	type RouteInput,
	type RuleRef,
} from '../../../ingress/decision.ts';
import {mostForPath, tooManyRules} from '../../../ingress/most-for-path.ts';
import {defaultRule} from '../../../ingress/rules.ts';
import {regexBudget} from '../../../regex/regex.ts';
import {passwordOf} from '../../ingress-nginx/access.ts';
import {annotationOf, isTrue} from '../../ingress-nginx/annotations.ts';
import {rewritten} from '../../ingress-nginx/route.ts';
import {wwwRedirect} from '../../ingress-nginx/redirect.ts';
import {canaryShare} from '../../ingress-nginx/canary.ts';
import {behindEntryPoint} from '../route.ts';
import {fitsHost, routerMatches, routingPath, type Router} from '../router.ts';
import {allowListOf} from './allow-list.ts';
import {nginxConfigurationOf, type NginxConfiguration} from './configuration.ts';
import type {Configured} from './configured.ts';
import {losersOf} from './losers.ts';
import {redirectOf} from './redirects.ts';
import {nginxProvider} from './settings.ts';

/** The router with the longest rule that matches takes the request, as with Traefik's other provider. */
export function routeByNginxProvider(input: RouteInput): RouteDecision {
	return behindEntryPoint(input, routeByRouters);
}

function routeByRouters(given: RouteInput): RouteDecision {
	const {ingresses, settings, version, request} = given;
	const configuration = nginxConfigurationOf(ingresses, settings, version);
	const input = {...given, configuration};
	const passed = request.scheme === 'https' ? passedOn(input) : undefined;
	if (passed) {
		return {...taken(passed), passesTls: true};
	}

	const urlPath = routingPath(request.urlPath);
	const routers = configuration.routersFor(request.host, urlPath);
	const {matching, undecided} = judged(input, routers, urlPath);
	const usable = matching.filter(({rule}) => !whyNoRouter(input, rule));
	const [winner] = usable;
	const told = {losers: losersOf(input, matching, winner), undecided};
	const twin = configuration.twins.get(request.host.toLowerCase());
	if (!winner && twin !== undefined) {
		return {...noMatch, status: undefined, redirect: wwwRedirect({request, settings: {}}, twin)};
	}

	if (!winner) {
		return {...catchAll(input), ...told};
	}

	const tied = usable.filter(({priority, rule}) => rule !== winner.rule && priority === winner.priority);
	return {...served(input, winner.rule), ...told, tied: tied.map(({rule}) => rule)};
}

/** `ssl-passthrough`: by the name alone, to the backend of path `/`, or the default backend of a rule without paths. */
function passedOn({configuration: {served}, request: {host}}: Configured): RuleRef | undefined {
	return served
		.filter((ingress) => isTrue(annotationOf(ingress, 'ssl-passthrough')))
		.flatMap((ingress) =>
			ingress.rules.flatMap((rule, position): readonly RuleRef[] => {
				const path = rule.paths.findIndex((each) => each.path === '/');
				const backend =
					rule.paths[path]?.backend ?? (rule.paths.length === 0 ? ingress.defaultBackend : undefined);
				return rule.host !== '' && fitsHost(rule.host, host) && backend
					? [{ingress, rule: position, path, host: rule.host, value: '/', backend}]
					: [];
			}),
		)[0];
}

function judged(
	input: Configured,
	routers: readonly Router[],
	urlPath: string,
): {readonly matching: readonly Router[]; readonly undecided: readonly string[]} {
	const budget = regexBudget();
	const answers = routers
		.filter((router) => isReachable(router, input))
		.map((router) => ({router, matches: routerMatches(router, input.request.host, urlPath, budget)}));
	const matching = answers
		.filter(({matches}) => matches)
		.map(({router}) => router)
		.toSorted((a, b) => b.priority - a.priority);
	const unread = answers.filter(
		({router, matches}) => matches === undefined && router.priority >= (matching[0]?.priority ?? 0),
	);
	return {
		matching,
		undecided: [
			...(routers.length > mostForPath ? [tooManyRules] : []),
			...unread.slice(0, 3).map(({router: {path}}) => `the regular expression ${path} could not be read`),
		],
	};
}

/**
Since 3.7 each rule has a router with TLS and one without. Before, an Ingress with TLS has both, and one without has the latter, on
all default entry points.
*/
function isReachable(
	{tls}: Router,
	{request, entryPoint, settings, configuration: {isOld}}: Configured,
): boolean {
	const isSecure = request.scheme === 'https';
	const {name, isDefault, tls: hasTls} = entryPoint ?? {name: undefined, isDefault: true, tls: isSecure};
	const own = settings[`${nginxProvider}.${isSecure ? 'httpsentrypoint' : 'httpentrypoint'}`]?.toLowerCase();
	const isOwn = own && name ? name === own : undefined;
	return isSecure
		? (isOwn ?? isDefault) && (!isOld || tls || hasTls)
		: !hasTls && (isOwn ?? (isDefault || !isOld || tls));
}

/** Since 3.7 a router without servers stands for a backend that is missing: 503. */
function whyNoRouter(
	{configuration: {isOld}, backendState}: Configured,
	{ingress, backend}: RuleRef,
): string | undefined {
	const state = backendState(ingress, backend);
	switch (state.type) {
		case 'resource':
			return 'its backend is a resource, which Traefik does not support';
		case 'no-service':
			return isOld ? 'its Service does not exist, so Traefik makes no router of it' : undefined;
		case 'no-port':
			return isOld ? 'its Service has no such port, so Traefik makes no router of it' : undefined;
		case 'not-routed':
			return isOld ? `Traefik makes no router to its Service: ${state.why}` : undefined;
		case 'empty':
		case 'external-name':
		case 'ready':
		case 'unknown':
			return undefined;
	}
}

function served(input: Configured, rule: RuleRef): RouteDecision {
	const {request, configuration} = input;
	const {ingress} = rule;
	const {redirect, isWhole} = redirectOf(ingress, request, configuration.isOld) ?? {};
	if (redirect) {
		return taken(rule, isWhole ? {redirect, backends: []} : {redirect});
	}

	return taken(rule, {
		...backendsOf(input, rule),
		asked: passwordOf(ingress, {}),
		sources: configuration.isOld ? undefined : allowListOf(ingress),
		upstreamPath: configuration.isOld
			? undefined
			: rewritten({ingress, path: rule.value ?? ''}, {request, settings: {}}),
	});
}

/** A canary belongs to the Service of the rule whose host, path and type it repeats (canaryPrimaryKey). */
function backendsOf(input: Configured, rule: RuleRef): Partial<RouteDecision> {
	const {backendState, configuration, request} = input;
	const state = backendState(rule.ingress, rule.backend).type;
	if (state === 'empty') {
		return configuration.isOld ? {} : fallback(input, rule);
	}

	if (['no-service', 'no-port', 'not-routed'].includes(state)) {
		return {status: 503};
	}

	const canary = configuration.canaries.find((each) => isCanaryOf(each, rule, configuration.served));
	if (!canary) {
		return {};
	}

	const {share, undecided} = canaryShare(canary.ingress, request, {});
	const total = Number(annotationOf(canary.ingress, 'canary-weight-total')) || 100;
	return {
		undecided,
		backends: [
			{rule, weight: Math.round((1 - share) * total), share: 1 - share},
			{rule: canary, weight: Math.round(share * total), share},
		],
	};
}

function isCanaryOf(canary: RuleRef, rule: RuleRef, primaries: NginxConfiguration['served']): boolean {
	const {namespace} = canary.ingress;
	const isSame = ({backend: a}: RuleRef, {backend: b}: RuleRef): boolean =>
		a.type === 'service' &&
		b.type === 'service' &&
		a.name === b.name &&
		JSON.stringify(a.port) === JSON.stringify(b.port);
	return (
		namespace === rule.ingress.namespace &&
		!isSame(canary, rule) &&
		primaries.some(
			(ingress) =>
				ingress.namespace === namespace &&
				ingress.rules.some(
					({host, paths}) =>
						host === canary.host &&
						paths.some(
							(path) =>
								path.path === canary.value &&
								path.pathType === canary.pathType &&
								isSame({...rule, backend: path.backend}, rule),
						),
				),
		)
	);
}

/** Annotation `default-backend`: where the Service has no endpoints, that one answers (getBackendEndpoints). */
function fallback({backendState}: Configured, rule: RuleRef): Partial<RouteDecision> {
	const name = annotationOf(rule.ingress, 'default-backend') ?? '';
	const backend = {type: 'service', name, port: {}} as const;
	if (!name || backendState(rule.ingress, backend).type !== 'ready') {
		return {status: 503};
	}

	const substitute: RuleRef = {ingress: rule.ingress, host: rule.host, backend};
	return {matched: substitute, isDefault: true, backends: [{rule: substitute, weight: 1, share: 1}]};
}

/** The default backend of an Ingress without rules, the oldest first; that of a flag goes before. */
function catchAll(input: Configured): RouteDecision {
	const {configuration, settings} = input;
	const flag = `${nginxProvider}.defaultbackendservice`;
	if (settings[flag]) {
		return {...noMatch, assumption: `Service ${settings[flag]} answers what no rule takes (--${flag})`};
	}

	const [rule] = configuration.served
		.filter(({rules}) => rules.length === 0)
		.map(defaultRule)
		.filter((each) => each !== undefined);
	return rule ? served(input, rule) : noMatch;
}
