import {sampleText} from '../../regex/sample-text.ts';
import type {IngressRouteTcp, TraefikServiceRef} from '../../../model/routes/ingress-route.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {isOn} from '../../controllers/record/classes.ts';
import type {Answers, Facts} from '../../controllers/record/facts.ts';
import {traefik} from '../../controllers/traefik.ts';
import {memoize} from '../../memoize.ts';
import {regexBudget} from '../../regex/regex.ts';
import {regexStart} from '../../regex/regex-start.ts';
import type {RouterClaimant, RouterOf, RouterRequest} from '../router.ts';
import {decideByIngressRoutes} from './decide.ts';
import {decideByIngressRouteTcps} from './decide-tcp.ts';
import {hostsOfRule, valuesOfRule} from './hosts.ts';
import {fitsRule, ruleFault} from './match.ts';
import {parseRule, whyNotRead, type RuleTree} from './parse-rule.ts';
import {bareRequest} from '../../bare-request.ts';
import {provider} from './services.ts';
import {withLeadingSlash} from '../../slashes.ts';

const shared = {
	servedBy: [traefik],
	hostField: 'spec.routes[].match',
	wildcard: 'one-label',
	classFlag: `${provider}.ingressclass`,
	takes,
	whyNotTaken,
	whyUnread,
} as const;

/** Traefik's IngressRoute. */
export const ingressRoutes: RouterOf<'IngressRoute'> = {
	...shared,
	kind: 'IngressRoute',
	listensByPort: true,
	sources: [
		'traefik/traefik 3.6: pkg/provider/kubernetes/crd/kubernetes_http.go, pkg/rules/parser.go, pkg/muxer/http/matcher.go, matcher_v2.go and mux.go, pkg/server/router/router.go, pkg/middlewares',
		'a running Traefik 3.6.13',
	],
	rootsOf: (_snapshot, route) => [route],
	hostsOf: (_snapshot, route) => hostsOf(route),
	requestsOf: (_snapshot, route) => requestsOf(route),
	routesTo: (route) => routesTo(route),
	decide: decideByIngressRoutes,
	answers,
};

/** Traefik's IngressRouteTCP. */
export const ingressRouteTcps: RouterOf<'IngressRouteTCP'> = {
	...shared,
	kind: 'IngressRouteTCP',
	sources: [
		'traefik/traefik 3.6: pkg/provider/kubernetes/crd/kubernetes_tcp.go, pkg/muxer/tcp, pkg/server/router/tcp/router.go',
		'a running Traefik 3.6.13',
	],
	rootsOf: (_snapshot, route) => [route],
	hostsOf: (_snapshot, route) => hostsOf(route),
	requestsOf: (_snapshot, route) => tcpRequestsOf(route),
	routesTo: (route) => routesTo(route),
	decide: decideByIngressRouteTcps,
	answers,
};

/** shouldProcessIngress, and the flags of the provider. Undefined: a configuration file, or a label selector, may say more. */
function takes(
	{className, annotations, namespace, api}: IngressRouteTcp,
	{flags, version}: Pick<RouterClaimant, 'flags' | 'version'>,
): boolean | undefined {
	const names = Object.keys(flags);
	const isOn = names.some((name) => name === provider || name.startsWith(`${provider}.`));
	const isSilent = !names.some((name) => name.startsWith('providers.'));
	if (!isOn) {
		return isSilent || 'configfile' in flags ? undefined : false;
	}

	const own = flags[`${provider}.ingressclass`] ?? '';
	const requested = className ?? annotations['kubernetes.io/ingress.class'] ?? '';
	const namespaces = flags[`${provider}.namespaces`];
	const isWatched = !namespaces || namespaces.split(',').some((each) => each.trim() === namespace);
	// The older group of the API is read by Traefik 2.
	if (api.startsWith(oldGroup) && version?.[0] !== 2) {
		return version ? false : undefined;
	}

	const isOwn = own === requested || (own === '' && requested === 'traefik');
	return isWatched && isOwn ? (flags[`${provider}.labelselector`] ? undefined : true) : false;
}

const oldGroup = 'traefik.containo.us';

/** Migration guide v2 to v3: the CRDs of the old group are no longer read. */
function whyNotTaken({api}: IngressRouteTcp): ReturnType<NonNullable<(typeof ingressRoutes)['whyNotTaken']>> {
	return api.startsWith(oldGroup)
		? {
				field: 'apiVersion',
				value: api,
				why: `Traefik 3 does not read group ${oldGroup}`,
				remedy: 'Install the CRDs of traefik.io, and apply the object as traefik.io/v1alpha1.',
			}
		: undefined;
}

function whyUnread({routes}: IngressRouteTcp): ReturnType<NonNullable<(typeof ingressRoutes)['whyUnread']>> {
	const index = routes.findIndex(({match}) => match !== '' && !parseRule(match));
	const value = routes[index]?.match;
	return value === undefined
		? undefined
		: {field: `spec.routes[${index}].match`, value, why: whyNotRead(value)};
}

/** Without allowEmptyServices it makes no router to an empty Service. */
function answers({flags}: Facts): Answers {
	return {
		'no-rule': 'http-404',
		'no-backend': 'http-404',
		'no-endpoints': isOn(flags[`${provider}.allowemptyservices`]) ? 'http-503' : 'http-404',
		unresolved: 'http-502',
		refused: 'http-502',
		unreachable: 'http-502',
		dropped: 'http-504',
		reset: 'http-502',
		// ComputeStatusCode: an error of TLS is none of those that give 502 or 504.
		'backend-tls': 'http-500',
	};
}

const hostsOf = memoize((route: IngressRouteTcp): readonly string[] => [
	...new Set(route.routes.flatMap(({match}) => treeOf(match).flatMap(hostsOfRule))),
]);

function treeOf(match: string): readonly RuleTree[] {
	const tree = parseRule(match);
	return tree ? [tree] : [];
}

function routesTo(route: IngressRouteTcp): readonly {namespace: string; name: string; host: string}[] {
	return route.routes.flatMap(({services, match}) =>
		services.filter(isService).map(({namespace, name}) => ({
			namespace: namespace ?? route.namespace,
			name,
			host: treeOf(match).flatMap(hostsOfRule)[0] ?? '',
		})),
	);
}

function isService({kind}: TraefikServiceRef): boolean {
	return kind === '' || kind === 'Service';
}

const requestsOf = memoize((route: IngressRouteTcp): readonly RouterRequest[] =>
	route.routes.flatMap(({match}) =>
		treeOf(match).flatMap((tree) => hostsOfRule(tree).map((host) => requestFor(route, tree, host))),
	),
);

/** Entry points that are called after TLS are for it; others tell by `tls` alone. */
function isForTls({tls, entryPoints}: IngressRouteTcp): boolean {
	return (
		tls !== undefined || (entryPoints.length > 0 && entryPoints.every((name) => name.endsWith('secure')))
	);
}

function requestFor(route: IngressRouteTcp, tree: RuleTree, host: string): RouterRequest {
	const [[path] = []] = [...valuesOfRule(tree, 'path'), ...valuesOfRule(tree, 'pathprefix')];
	const [[pattern] = []] = valuesOfRule(tree, 'pathregexp');
	const [[method = 'GET'] = []] = valuesOfRule(tree, 'method');
	const headers = [...valuesOfRule(tree, 'header'), ...valuesOfRule(tree, 'headers')];
	const query = valuesOfRule(tree, 'query');
	const others = ['hostregexp', 'headerregexp', 'headersregexp', 'queryregexp', 'clientip'];
	const request = {
		...bareRequest(isForTls(route)),
		host,
		urlPath: path ?? withLeadingSlash(sampleText(pattern ?? '') ?? regexStart(pattern ?? '')),
		method: method.toUpperCase(),
		headers: headers.map(([name = '', value = '']) => ({name, value})),
		query: query.map(([name = '', value = '']) => ({name, value})),
	};
	const isPlain =
		headers.length + query.length === 0 &&
		request.method === 'GET' &&
		pattern === undefined &&
		!request.urlPath.includes('{') &&
		!others.some((name) => valuesOfRule(tree, name).length > 0);
	return {request, plain: isPlain && host !== '' && !host.startsWith('*'), isGuess: !fits(tree, request)};
}

/** Whether the rule takes the request that was made of it, in any syntax. */
function fits(tree: RuleTree, request: HttpRequest): boolean {
	const asked = {
		request,
		routingPath: request.urlPath,
		client: {kind: 'external'} as const,
		budget: regexBudget(),
		hasWildcards: true,
	};
	return (['v3', 'v2'] as const).some(
		(syntax) => !ruleFault(tree, syntax) && fitsRule(tree, asked, syntax) === true,
	);
}

const tcpRequestsOf = memoize((route: IngressRouteTcp): readonly RouterRequest[] =>
	hostsOf(route).map((host) => ({
		request: {...bareRequest(route.tls !== undefined), host},
		plain: host !== '',
	})),
);
