import {type Input, proxyBackend} from './backend.ts';
import type {HttpProxy, ProxyRoute} from '../../../model/routes/http-proxy.ts';
import type {FlatRoute} from './routes.ts';
import {type RouterDecision, noDecision, type RouterRedirect} from '../router.ts';
import {isOn} from '../../controllers/record/classes.ts';
import {queryText} from '../../query-text.ts';
import {shared} from '../backends.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {withLeadingSlash} from '../../slashes.ts';

/** As `rankOf` of the record has it for Ingresses: HTTPProxies have no prefix of whole elements. */
const kindRanks = {exact: [0, 0], regex: [-1, -1], prefix: [-2, -3]} as const;

/** What Contour does with a request that a route takes. */
export function decisionOf(input: Input, root: HttpProxy, flat: FlatRoute): RouterDecision {
	const {rule, route, path} = flat;
	const [byKind, byPrefix] = kindRanks[path.type];
	const rank = [rule.host.startsWith('*') ? 2 : 3, byKind, path.value.length, byPrefix];
	const base = {...noDecision, rule, rank};
	if (!route) {
		return {...base, answer: {status: 502, why: 'the include leads to no HTTPProxy'}};
	}

	return {
		...base,
		...(overHttp(input, root, route) ??
			byItself(input.request, flat, route) ?? {
				backends: backendsOf(input, flat, route),
				changes: changesOf(root, flat, route, input.request),
			}),
	};
}

/** Plain HTTP for a host with TLS. `disablePermitInsecure` overrules the route (httpproxy_processor.go, computeRoutes). */
function overHttp(
	{request, controller}: Input,
	{virtualHost}: HttpProxy,
	{permitInsecure}: ProxyRoute,
): Partial<RouterDecision> | undefined {
	if (request.scheme !== 'http' || !virtualHost?.tls) {
		return undefined;
	}

	if (!permitInsecure || isOn(controller.flags['disablepermitinsecure'])) {
		const location = `https://${request.host}${request.urlPath}${queryText(request)}`;
		return {redirect: {status: 301, location}};
	}

	return controller.unreadSettings
		? {undecided: [`disablePermitInsecure of Contour: ${controller.unreadSettings} is not read`]}
		: undefined;
}

function byItself(
	request: HttpRequest,
	flat: FlatRoute,
	{redirect, directResponse}: ProxyRoute,
): Partial<RouterDecision> | undefined {
	if (redirect) {
		return {redirect: redirectOf(redirect, flat, request)};
	}

	return directResponse === undefined
		? undefined
		: {answer: {status: directResponse, why: 'its directResponsePolicy says so', isMeant: true}};
}

/** Services that cannot be used get nothing; without any Contour answers 503 itself. */
function backendsOf(
	input: Input,
	{rule, proxy}: FlatRoute,
	{services}: ProxyRoute,
): RouterDecision['backends'] {
	const all = services.flatMap((service, index) =>
		service.mirror ? [] : [proxyBackend(input, proxy, {service, field: `${rule.field}.services[${index}]`})],
	);
	const usable = all.filter(({problem}) => !problem);
	const broken = all.filter(({problem}) => problem);
	return [
		...shared(usable, 'equal'),
		...broken.map((backend) => ({...backend, share: usable.length > 0 ? 0 : 1})),
	];
}

const harmless = new Set(['corsPolicy', 'rateLimitPolicy']);

function changesOf(
	root: HttpProxy,
	flat: FlatRoute,
	route: ProxyRoute,
	request: HttpRequest,
): readonly string[] {
	const unread = [...(root.virtualHost?.unread ?? []), ...route.unread];
	const passed = unread.filter((name) => harmless.has(name));
	const rewritten = rewrittenPath(flat, route, request.urlPath);
	return [
		...(rewritten === undefined ? [] : [`the backend sees ${rewritten}`]),
		...passed.map((name) => `passes ${name}, which is not read`),
		...(unread.includes('authorization') ? ['asks another service first (authorization)'] : []),
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
	return withLeadingSlash(changed);
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
