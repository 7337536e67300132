import type {HttpProxy, ProxyRoute, ProxyService} from '../../../model/http-proxy.ts';
import {refOf} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Service} from '../../../model/service.ts';
import {isOn} from '../../controllers/classes.ts';
import type {Flags} from '../../controllers/controller.ts';
import {matchHost} from '../../host-match.ts';
import {envoyPath} from '../../ingress/url-path.ts';
import {queryText} from '../../query-text.ts';
import {regexBudget, type RegexBudget} from '../../regex/regex.ts';
import {backendOf, shared, type RouterBackend, type ServiceReading} from '../backends.ts';
import {cutAnswers} from '../cut-answers.ts';
import {noDecision, type RouterDecision, type RouterInputOf, type RouterRedirect} from '../router.ts';
import {fitsHeader, fitsPath, fitsQuery} from './conditions.ts';
import {inOrder} from './order.ts';
import {flattened, type FlatRoute, type Flattened} from './routes.ts';
import {hostProblem, rootsFor, secretOf} from './virtual-host.ts';
import {wordOfContour} from './word.ts';

type Input = RouterInputOf<'HTTPProxy'>;
type Found = Flattened & {readonly root: HttpProxy};

/** Which route of Contour's virtual host takes a request. One that Contour does not make leaves the host to a wildcard. */
export function decideByProxies(input: Input): RouterDecision {
	const {request, objects} = input;
	const [first, ...rest] = rootsFor(objects, request.host).map((roots) => ofHost(input, roots));
	if (!first) {
		return noDecision;
	}

	const made = first.isMade ? first : rest.find(({isMade}) => isMade);
	return made && made !== first
		? {...made.decision, problems: [...withoutEnd(first.decision), ...made.decision.problems]}
		: first.decision;
}

function withoutEnd({problems}: RouterDecision): RouterDecision['problems'] {
	return problems.map((problem) => ({...problem, ends: undefined}));
}

type OfHost = {readonly isMade: boolean; readonly decision: RouterDecision};

function ofHost(input: Input, roots: readonly HttpProxy[]): OfHost {
	const {snapshot, request, objects} = input;
	const root = roots[0]!;
	const problem = hostProblem(snapshot, root, roots);
	if (problem) {
		const ends = request.scheme === 'https' ? 'tls-error' : 'no-rule';
		return {isMade: false, decision: {...noDecision, problems: [{...problem, ends}]}};
	}

	const find = (namespace: string, name: string): HttpProxy | undefined =>
		objects.find((proxy) => proxy.namespace === namespace && proxy.name === name);
	const found = {root, ...flattened(root, find)};
	const isTls = request.scheme === 'https';
	const decision = isTls ? overTls(input, found, find) : byRoutes(input, found);
	const undecided = [...decision.undecided, ...wordOfContour(found.visited), ...delegated(root)];
	const isMade = isTls ? root.virtualHost?.tls !== undefined : found.routes.length > 0;
	return {isMade, decision: {...decision, undecided}};
}

/** TLSCertificateDelegations are not read: what Contour says of the object decides. */
function delegated(root: HttpProxy): readonly string[] {
	const [namespace] = secretOf(root, root.virtualHost?.tls?.secretName ?? '');
	return namespace !== root.namespace && root.currentStatus === undefined
		? [`whether namespace ${namespace} delegates its certificate`]
		: [];
}

function overTls(
	input: Input,
	found: Found,
	find: (namespace: string, name: string) => HttpProxy | undefined,
): RouterDecision {
	const {root} = found;
	const tls = root.virtualHost?.tls;
	if (root.tcpProxy) {
		return byTcp(input, root, find);
	}

	if (!tls || tls.passthrough) {
		return {
			...noDecision,
			problems: [
				...found.problems,
				{
					type: 'no-tls',
					object: refOf('HTTPProxy', root),
					field: tls ? 'spec.tcpproxy' : 'spec.virtualhost.tls',
					value: 'absent',
					why: tls ? 'TLS is passed through, and there is no tcpproxy' : 'it has no tls',
					ends: 'tls-error',
				},
			],
		};
	}

	return byRoutes(input, found);
}

/** processHTTPProxyTCPProxy: every connection for the name goes to the services. */
function byTcp(
	input: Input,
	root: HttpProxy,
	find: (namespace: string, name: string) => HttpProxy | undefined,
): RouterDecision {
	const visited: HttpProxy[] = [root];
	let proxy: HttpProxy | undefined = root;
	while (proxy?.tcpProxy?.include && proxy.tcpProxy.services.length === 0) {
		const {namespace, name}: {readonly namespace?: string; readonly name: string} = proxy.tcpProxy.include;
		const next = find(namespace ?? proxy.namespace, name);
		proxy = next && !next.virtualHost && !visited.includes(next) ? next : undefined;
		visited.push(...(proxy ? [proxy] : []));
	}

	const services = proxy?.tcpProxy?.services ?? [];
	const last = visited.at(-1) ?? root;
	const backends = services.map((service, index) =>
		proxyBackend(input, last, service, `spec.tcpproxy.services[${index}]`),
	);
	const broken = backends.find(({problem}) => problem);
	// One Service that is missing takes the whole tcpproxy with it.
	return services.length === 0 || broken
		? refusedTcp(root, last, broken)
		: {
				...noDecision,
				rule: tcpRule(root, last),
				backends: shared(backends, 'equal'),
				answers: cutAnswers(root.virtualHost?.tls?.passthrough === true, true),
			};
}

function refusedTcp(root: HttpProxy, proxy: HttpProxy, broken: RouterBackend | undefined): RouterDecision {
	return {
		...noDecision,
		backends: broken ? [{...broken, share: 1}] : [],
		rule: tcpRule(root, proxy),
		problems: [
			{
				type: 'refused',
				object: refOf('HTTPProxy', proxy),
				field: 'spec.tcpproxy',
				value: broken?.name ?? 'no services',
				why: broken ? `Service ${broken.name} cannot be used` : 'its tcpproxy leads to no service',
				ends: 'tls-error',
			},
		],
	};
}

function tcpRule(root: HttpProxy, proxy: HttpProxy): NonNullable<RouterDecision['rule']> {
	const host = root.virtualHost?.fqdn ?? '';
	return {object: refOf('HTTPProxy', proxy), field: 'spec.tcpproxy', host, text: 'tcpproxy'};
}

function byRoutes(input: Input, found: Found): RouterDecision {
	const request = {...input.request, urlPath: envoyPath(input.request.urlPath)};
	const budget = regexBudget();
	const isOwn = isOwnHost(found.root, request);
	const fits = found.routes
		// What Contour answers for an include that leads nowhere has no condition for the host.
		.filter(({route}) => isOwn || !route)
		.toSorted(inOrder)
		.map((route) => ({route, fit: fitsRoute(route, request, budget)}))
		.filter(({fit}) => fit !== false);
	const [first, ...rest] = fits;
	if (!first) {
		return {...noDecision, problems: found.problems};
	}

	const decided = {
		...decisionOf(input, found.root, first.route),
		losers: rest.map(({route}) => ({rule: route.rule, why: 'it ranks lower'})),
		problems: found.problems,
	};
	return first.fit === undefined
		? {...decided, undecided: [`regular expression ${first.route.path.value}`]}
		: decided;
}

/** A wildcard host takes one label: Contour adds a condition for it (wildcardDomainHeaderMatch). */
function isOwnHost({virtualHost}: HttpProxy, {host}: HttpRequest): boolean {
	return matchHost(virtualHost?.fqdn ?? '', host, {wildcard: 'one-label'}) > 1;
}

/** Undefined: a regular expression could not be judged. */
export function fitsRoute(
	{path, headers, query}: FlatRoute,
	request: HttpRequest,
	budget: RegexBudget,
): boolean | undefined {
	const fits = [
		fitsPath(path, request.urlPath, budget),
		...headers.map((condition) => fitsHeader(condition, request, budget)),
		...query.map((condition) => fitsQuery(condition, request, budget)),
	];
	return fits.includes(false) ? false : fits.includes(undefined) ? undefined : true;
}

/** As `rankOf` of the record has it for Ingresses: HTTPProxies have no prefix of whole elements. */
const kindRanks = {exact: [0, 0], regex: [-1, -1], prefix: [-2, -3]} as const;

function decisionOf(input: Input, root: HttpProxy, flat: FlatRoute): RouterDecision {
	const {request, controller} = input;
	const {rule, route, path, proxy} = flat;
	const [byKind, byPrefix] = kindRanks[path.type];
	const rank = [rule.host.startsWith('*') ? 2 : 3, byKind, path.value.length, byPrefix];
	// `disablePermitInsecure` overrules the route (httpproxy_processor.go, computeRoutes).
	const isInsecure = route?.permitInsecure && !isOn(controller.flags['disablepermitinsecure']);
	const isUpgraded = request.scheme === 'http' && root.virtualHost?.tls && !isInsecure;
	if (!route) {
		const answer = {status: 502, why: 'the include leads to no HTTPProxy'};
		return {...noDecision, rule, answer, rank};
	}

	if (request.scheme === 'http' && root.virtualHost?.tls && isInsecure && controller.unreadSettings) {
		return {
			...noDecision,
			rule,
			rank,
			undecided: [`disablePermitInsecure of Contour: ${controller.unreadSettings} is not read`],
		};
	}

	if (isUpgraded) {
		const location = `https://${request.host}${request.urlPath}${queryText(request)}`;
		return {...noDecision, rule, rank, redirect: {status: 301, location}};
	}

	if (route.redirect) {
		return {...noDecision, rule, rank, redirect: redirectOf(route.redirect, flat, request)};
	}

	if (route.directResponse !== undefined) {
		const answer = {status: route.directResponse, why: 'its directResponsePolicy says so'};
		return {...noDecision, rule, rank, answer};
	}

	const all = route.services.flatMap((service, index) =>
		service.mirror ? [] : [proxyBackend(input, proxy, service, `${rule.field}.services[${index}]`)],
	);
	const usable = all.filter(({problem}) => !problem);
	return {
		...noDecision,
		rule,
		rank,
		// Services that cannot be used get nothing; without any Contour answers 503 itself.
		backends: [
			...shared(usable, 'equal'),
			...all
				.filter(({problem}) => problem)
				.map((backend) => ({...backend, share: usable.length > 0 ? 0 : 1})),
		],
		changes: changesOf(root, flat, route, request),
	};
}

const harmless = new Set(['corsPolicy', 'rateLimitPolicy']);

function changesOf(
	root: HttpProxy,
	flat: FlatRoute,
	route: ProxyRoute,
	request: HttpRequest,
): readonly string[] {
	const passed = [...(root.virtualHost?.unread ?? []), ...route.unread].filter((name) => harmless.has(name));
	const rewritten = rewrittenPath(flat, route, request.urlPath);
	return [
		...(rewritten === undefined ? [] : [`the backend sees ${rewritten}`]),
		...passed.map((name) => `passes ${name}, which is not read`),
	];
}

/** pathRewritePolicy and expandPrefixMatches: no slash is doubled or lost. */
function rewrittenPath(
	{path}: FlatRoute,
	{prefixReplacements}: ProxyRoute,
	urlPath: string,
): string | undefined {
	const chosen =
		prefixReplacements.find(({prefix}) => prefix === path.value) ??
		prefixReplacements.find(({prefix}) => prefix === '');
	if (!chosen || path.type !== 'prefix') {
		return undefined;
	}

	const rest = urlPath.slice(path.value.replace(/\/+$/u, '').length);
	const changed = `${chosen.replacement.replace(/\/+$/u, '')}${rest}`;
	return changed.startsWith('/') ? changed : `/${changed}`;
}

function redirectOf(
	{scheme, hostname, port, path, prefix, statusCode}: NonNullable<ProxyRoute['redirect']>,
	flat: FlatRoute,
	request: HttpRequest,
): RouterRedirect {
	const wanted = scheme ?? request.scheme;
	const shown = port !== undefined && port !== (wanted === 'https' ? 443 : 80) ? `:${port}` : '';
	const rest = request.urlPath.slice(flat.path.value.length);
	const urlPath = path ?? (prefix === undefined ? request.urlPath : `${prefix}${rest}`);
	return {
		status: statusCode ?? 302,
		location: `${wanted}://${hostname ?? request.host}${shown}${urlPath}${queryText(request)}`,
	};
}

/** LookupService: by number, TCP alone. ExternalName needs `enableExternalNameService`. */
function readingBy(flags: Flags): ServiceReading {
	return {
		portOf: ({ports}, wanted) => ports.find(({port, protocol}) => port === wanted && protocol === 'TCP'),
		whyNotRouted: ({type}: Service) =>
			type === 'ExternalName' && !isOn(flags['enableexternalnameservice'])
				? 'it is of type ExternalName (enableExternalNameService is off)'
				: undefined,
	};
}

function proxyBackend(
	{snapshot, controller}: Input,
	{namespace}: HttpProxy,
	{name, port, weight}: ProxyService,
	field: string,
): RouterBackend {
	return backendOf(snapshot, {namespace, name, port, weight, field}, readingBy(controller.flags));
}
