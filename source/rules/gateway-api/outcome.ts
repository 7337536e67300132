import type {Route, RouteFilter} from '../../model/routes/gateway.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {backendsOf, isInvalid, type Backend} from './backends.ts';
import type {Candidate} from './candidate.ts';
import {modifiedHeaders} from './headers.ts';
import type {GatewayProfile} from './profile.ts';
import type {ParentStatus} from './parent-status.ts';
import {extensionOf} from './refs-word.ts';
import {redirectOf, rewrittenUrl, type Redirect} from './url.ts';
import type {HttpRequest} from '../../model/request.ts';

/** What the rule that won makes of a request. */
export type Outcome =
	| {readonly type: 'redirect'; readonly redirect: Redirect}
	/** A filter outside core Gateway API answers in place of a backend (Envoy Gateway HTTPRouteFilter directResponse). */
	| {readonly type: 'answered'; readonly by: ObjectRef; readonly status?: number}
	| {
			readonly type: 'backends';
			readonly backends: readonly Backend[];
			/** Share of requests that the gateway itself answers with 500, 0 to 1. */
			readonly errorShare: number;
			/** The request after the filters of the rule. */
			readonly sent: SentRequest;
	  };

/** The request as a backend receives it. */
export type SentRequest = {
	readonly host: string;
	readonly urlPath: string;
	readonly headers: readonly {readonly name: string; readonly value: string}[];
};

type OutcomeInput = {
	readonly request: HttpRequest;
	readonly profile: GatewayProfile;
	/** What the controller says of the route. */
	readonly status?: ParentStatus;
};

export function outcomeOf(snapshot: Snapshot, winner: Candidate, input: OutcomeInput): Outcome {
	const {rule, route} = winner;
	const redirect = rule.filters.find(isRedirect);
	return redirect
		? redirected(redirect, winner, input)
		: (answered(snapshot, route, rule) ?? sentOn(snapshot, winner, input));
}

function redirected(filter: RedirectFilter, winner: Candidate, {request, profile}: OutcomeInput): Outcome {
	const port = profile.redirectPort === 'listener' ? winner.listener.port : request.port;
	return {type: 'redirect', redirect: redirectOf(filter, winner, {request, port, profile})};
}

/** By a filter that answers even beside backends, or by any where there is no backend. */
function answered(
	snapshot: Snapshot,
	route: Route,
	{filters, backendRefs}: Candidate['rule'],
): Outcome | undefined {
	const extensions = filters.flatMap(extensionOf);
	const answer = extensions.map((by) => directResponse(snapshot, route, by)).find(Boolean);
	const [extension] = backendRefs.length === 0 ? extensions : [];
	return answer ?? (extension && {type: 'answered', by: extension});
}

function sentOn(snapshot: Snapshot, winner: Candidate, input: OutcomeInput): Outcome {
	const {rule, route} = winner;
	const {request, profile, status} = input;
	const backends = backendsOf(snapshot, {route, refs: rule.backendRefs, profile, status});
	const used = backends.filter(({share}) => share > 0);
	const [own] = used.every(({result}) => result.state === 'redirects')
		? used.flatMap(({ref}) => ref.filters.filter(isRedirect))
		: [];
	return own
		? redirected(own, winner, input)
		: {
				type: 'backends',
				backends,
				errorShare: errorShare(backends, profile),
				sent: sentRequest(winner, request, rule.filters),
			};
}

type RedirectFilter = Extract<RouteFilter, {readonly type: 'RequestRedirect'}>;

function isRedirect(filter: RouteFilter): filter is RedirectFilter {
	return filter.type === 'RequestRedirect';
}

/** Also where the rule has backends (seen on Envoy Gateway 1.9.1). */
function directResponse(
	snapshot: Snapshot,
	{namespace}: Route,
	{kind, name}: ObjectRef,
): Outcome | undefined {
	const filter = kind === 'HTTPRouteFilter' ? snapshot.get('HTTPRouteFilter', namespace, name) : undefined;
	return filter?.directResponse === undefined
		? undefined
		: {type: 'answered', by: {kind, namespace, name}, status: filter.directResponse};
}

/** Without a backend that has any weight every request fails (apis/v1 HTTPRouteRule.backendRefs). */
function errorShare(backends: readonly Backend[], {invalidFailsRule}: GatewayProfile): number {
	return backends.some(({share}) => share > 0) && !(invalidFailsRule && backends.some(isInvalid))
		? backends.filter(isInvalid).reduce((sum, {share}) => sum + share, 0)
		: 1;
}

function sentRequest(winner: Candidate, request: HttpRequest, filters: readonly RouteFilter[]): SentRequest {
	const rewrite = filters.findLast((filter) => filter.type === 'URLRewrite');
	return {
		...rewrittenUrl(rewrite, winner, request),
		headers: modifiedHeaders(request.headers, filters),
	};
}

/** The filters of a rule in words; those that knet does not evaluate are named. */
export function changesOf(outcome: Outcome, {rule}: Candidate): readonly string[] {
	if (outcome.type === 'redirect') {
		return [`redirects to ${outcome.redirect.location} (${outcome.redirect.statusCode})`];
	}

	return outcome.type === 'backends'
		? rule.filters.flatMap((filter) => changeOf(filter, outcome.sent) ?? [])
		: [];
}

function changeOf(filter: RouteFilter, sent: SentRequest): string | undefined {
	switch (filter.type) {
		case 'URLRewrite':
			return `rewrites to ${filter.hostname ?? ''}${filter.path ? sent.urlPath : ''}`;
		case 'RequestHeaderModifier':
			return `changes request headers${names(filter)}`;
		case 'ResponseHeaderModifier':
			return `changes response headers${names(filter)}`;
		case 'RequestMirror':
			return `mirrors requests to ${filter.backend.name}`;
		case 'ExtensionRef':
			return `applies ${filter.ref.kind} ${filter.ref.name}, which is not evaluated`;
		case 'unknown':
			return `applies the filter ${filter.name || 'without a type'}, which is not evaluated`;
		case 'RequestRedirect':
			return undefined;
	}
}

function names({set, add, remove}: Extract<RouteFilter, {set: unknown}>): string {
	const all = [...set.map(({name}) => name), ...add.map(({name}) => name), ...remove];
	return all.length > 0 ? ` ${all.join(', ')}` : '';
}
