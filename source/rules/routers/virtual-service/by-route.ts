import {queryText} from '../../query-text.ts';
import type {Case} from './case.ts';
import type {HttpCandidate} from '../../istio/http-routes.ts';
import {type RouterDecision, noDecision, type RouterRedirect} from '../router.ts';
import {isNoStatus} from './refused.ts';
import {httpRule} from './rule.ts';
import {type Routed, routed} from './backends.ts';
import type {HttpRequest} from '../../../model/request.ts';

export function byRoute(each: Case, winner: HttpCandidate): RouterDecision {
	const {route} = winner;
	const base = {...noDecision, rule: httpRule(winner)};
	if (route.redirect) {
		return {...base, redirect: redirectOf(winner, each.request)};
	}

	const decided = answered(route) ?? sentOn(each, winner);
	return {...base, ...decided};
}

/** By the route itself. */
function answered({directResponse, fault}: HttpCandidate['route']): Partial<RouterDecision> | undefined {
	const abort = fault?.abort;
	const said = directResponse ?? abort?.status;
	if (said !== undefined && isNoStatus(said)) {
		return {undecided: [`what Envoy does with the status ${said}`]};
	}

	if (directResponse !== undefined) {
		return {answer: {status: directResponse, why: 'its directResponse says so', isMeant: true}};
	}

	if (!abort || abort.percentage < 100) {
		return undefined;
	}

	return abort.status === undefined
		? {undecided: ['what a client sees of its fault, which aborts with no HTTP status']}
		: {answer: {status: abort.status, why: 'its fault aborts every request'}};
}

function sentOn(each: Case, winner: HttpCandidate): Partial<RouterDecision> {
	const {route, fault} = winner.route;
	const {backends, undecided} = backendsOf(each, winner);
	const abort = fault?.abort;
	const open = [
		...(route.length === 0 ? ['what a route without destination does'] : []),
		...(abort && abort.percentage > 0
			? [`whether the request is of the ${abort.percentage} % that its fault aborts (${abort.status})`]
			: []),
	];
	return {backends, undecided: [...undecided, ...open], changes: changesOf(winner, each.request)};
}

function backendsOf(each: Case, {route, server}: HttpCandidate): Routed {
	const {object, index} = route.place;
	return routed({
		...each,
		server,
		namespace: object.namespace,
		field: `spec.http[${index}].route`,
		route: route.route,
	});
}

/** A redirect without a path keeps path and query (route.go, ApplyRedirect). */
function redirectOf({route, server}: HttpCandidate, request: HttpRequest): RouterRedirect {
	const {uri, authority, scheme = request.scheme, port, derivePort, code} = route.redirect!;
	const wanted = derivePort === 'FROM_REQUEST_PORT' ? server.server.port.number : port;
	const own = request.port === (request.scheme === 'https' ? 443 : 80) ? undefined : request.port;
	const number = wanted ?? (authority || scheme !== request.scheme || derivePort ? undefined : own);
	const standard = scheme === 'https' ? 443 : 80;
	const shown = number === undefined || number === standard ? '' : `:${number}`;
	return {
		status: code,
		location: `${scheme}://${authority ?? request.host}${shown}${uri || request.urlPath}${queryText(request)}`,
	};
}

function changesOf({route, match}: HttpCandidate, {urlPath}: HttpRequest): readonly string[] {
	const {rewrite, fault, timeout} = route;
	const path = rewrite?.uri === undefined ? undefined : rewritten(rewrite.uri, match?.uri, urlPath);
	const regex = rewrite?.uriRegexRewrite;
	const {delay} = fault ?? {};
	return [
		...(path === undefined || regex ? [] : [`the backend sees ${path}`]),
		...(regex ? [`the path is rewritten by ${regex.match}`] : []),
		...(rewrite?.authority === undefined ? [] : [`the backend sees the host ${rewrite.authority}`]),
		...(delay && delay.percentage > 0
			? [`${delay.percentage} % of the requests wait ${delay.fixedDelay} first`]
			: []),
		...(timeout === undefined ? [] : [`timeout ${timeout}`]),
	];
}

/** A prefix is replaced, of an exact match the whole path (Envoy, prefix_rewrite). */
function rewritten(
	uri: string,
	match: {readonly type: string; readonly value: string} | undefined,
	urlPath: string,
): string {
	if (match?.type === 'regex') {
		return uri;
	}

	const prefix = match === undefined || match.type === 'present' ? '/' : match.value;
	return `${uri}${urlPath.slice(prefix.length)}`;
}
