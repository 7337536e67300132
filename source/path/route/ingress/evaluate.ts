import {noRequest} from '../no-request.ts';
import type {Ingress} from '../../../model/ingress.ts';
import {refOf} from '../../../model/ref.ts';
import type {Service} from '../../../model/service.ts';
import {lookup} from '../../../model/snapshot.ts';
import type {RouteDetails} from '../../details.ts';
import type {Finding} from '../../finding.ts';
import {statusOf} from '../../hop-status.ts';
import {portOf} from '../../../rules/controllers/backend-state.ts';
import {backendProblem, type BackendProblem} from './backend-findings.ts';
import {decide, samplePaths, type DecideInput, type Decided} from '../../../rules/controllers/decide.ts';
import type {Redirect, RuleRef, WeightedRule} from '../../../rules/ingress/decision.ts';
import {defaultBackendBroken, duplicates, noRuleMatches, passesThrough, shadowed} from './rule-findings.ts';
import {defaultRule} from '../../../rules/ingress/rules.ts';
import {backendText, matchedRule, ruleText} from './rule-text.ts';
import {unhealthyBackend, wordOfController, wordOnLosers} from './word-of-controller.ts';
import {middlewareUnknown} from './middleware-unknown.ts';
import {notJudged} from '../not-judged.ts';
import {answeredByRule} from './answered-by-rule.ts';
import {backendProtocol} from './backend-protocol.ts';
import {foreignAnnotations} from './foreign-annotations.ts';
import {ruleAssumed} from './rule-assumed.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import {routeBySpec} from '../../../rules/ingress/spec.ts';
import {handshakeFailure, withoutEntry} from './without-tls.ts';
import {tlsFindings, type TlsEvaluation} from './tls-findings.ts';
import type {HopEvaluation, HopEvaluator} from '../../hop-evaluator.ts';
import type {StopReason} from '../../../rules/stop.ts';
import type {RoutedBackend} from '../../../rules/backend.ts';
import type {Controller} from '../../../rules/controllers/controller.ts';
import {sameRule} from '../../../rules/ingress/same-rule.ts';

type Input = {
	readonly controller: Controller;
	/** All the controller serves, of any namespace. */
	readonly ingresses: readonly Ingress[];
	/** The Ingress that is looked at as a whole. */
	readonly focus?: {readonly namespace: string; readonly name: string};
};

type Output = HopEvaluation<'route'> & {
	/** Backends that the request can go on to; none where the rule's own is broken. */
	readonly backends: readonly RoutedBackend[];
	readonly redirect?: Pick<Redirect, 'scheme' | 'host' | 'status'>;
	/** Among the rules of other kinds that the controller serves. */
	readonly rank?: readonly number[];
};

/** Which rule takes the request, by the rules of the controller, and where it sends it. */
export const ingressRouteEvaluator: HopEvaluator<'route', Input, Output> = {
	kind: 'route',
	evaluate({snapshot, request}, {controller, ingresses, focus}) {
		if (!request) {
			return noRequest;
		}

		const given = {snapshot, controller, request, ingresses, focus};
		const input = focus ? withSample(given, focus) : given;
		const failure = handshakeFailure(input);
		if (failure) {
			return withoutTls(input, failure, 'tls-error');
		}

		const decided = decide(input);
		const winner = decided.actual.matched;
		if (decided.actual.assumption !== undefined) {
			return assumed(input, decided, decided.actual.assumption);
		}

		if (decided.intended !== undefined || winner !== undefined || decided.actual.redirect) {
			return routed(input, decided);
		}

		const notFound = withoutEntry(input, overHttp(input).actual.matched !== undefined);
		return notFound ? withoutTls(input, notFound, 'no-rule') : noRule(input, decided);
	},
};

function overHttp(input: DecideInput): Decided {
	return decide({...input, request: {...input.request, scheme: 'http'}});
}

/** The rule is shown that takes the request over http. */
function withoutTls(input: DecideInput, found: Finding, stop: StopReason): Output {
	const decided = overHttp(input);
	const rule = decided.actual.matched;
	return {
		hop: {
			kind: 'route',
			status: 'broken',
			basis: 'objects',
			subject: rule && refOf('Ingress', rule.ingress),
			summary: rule ? summaryOf(rule, undefined) : `no TLS for ${input.request.host}`,
			findings: [found],
			details: rule
				? detailsOf(input, {...decided, actual: {...decided.actual, redirect: undefined}}, rule)
				: {backends: [], losers: []},
		},
		stop,
		backends: [],
	};
}

type Asked = DecideInput & Pick<Input, 'focus'>;

/** A rule that is a regular expression is walked by a path that it takes. */
function withSample(input: Asked, focus: NonNullable<Input['focus']>): Asked {
	const isFocus = ({ingress}: RuleRef): boolean =>
		ingress.namespace === focus.namespace && ingress.name === focus.name;
	const samples = ingressSide(input.controller).hasRegexPaths ? samplePaths(input.request.urlPath) : [];
	const urlPath = samples.find((path) => {
		const {intended} = decide({...input, request: {...input.request, urlPath: path}});
		return intended && isFocus(intended);
	});
	return urlPath ? {...input, request: {...input.request, urlPath}} : input;
}

/** The rule that one reading takes is shown; where it leads is not followed, for another reading leads elsewhere. */
function assumed(input: DecideInput, decided: Decided, assumption: string): Output {
	const rule = decided.actual.matched;
	return {
		hop: {
			kind: 'route',
			status: 'unknown',
			basis: 'objects',
			subject: rule && refOf('Ingress', rule.ingress),
			summary: rule ? `perhaps ${summaryOf(rule, undefined)}` : 'perhaps no rule matches',
			findings: [ruleAssumed({...input, rule, assumption})],
			details: detailsOf(input, decided, rule),
		},
		backends: [],
	};
}

function noRule(input: DecideInput, decided: Decided): Output {
	const resource = resourceRule(input);
	const unjudged = notJudged(decided.actual.undecided, {kind: 'Ingress', name: '*'});
	const findings =
		unjudged.length > 0
			? unjudged
			: [
					(resource && backendProblem({...input, rule: resource, state: {type: 'resource'}}))?.finding ??
						noRuleMatches({...input, otherScheme: decided.otherScheme, losers: decided.actual.losers}),
				];
	const status = statusOf(findings);
	return {
		hop: {
			kind: 'route',
			status,
			basis: 'objects',
			summary: resource ? `${ruleText(resource)} → ${backendText(resource.backend)}` : 'no rule matches',
			findings,
			details: {backends: [], losers: losersOf(decided)},
		},
		stop: status === 'broken' ? (decided.actual.isUnheard ? 'nobody' : 'no-rule') : undefined,
		backends: [],
	};
}

/** Where a controller leaves out what a rule of the API would match, because its backend is a resource. */
function resourceRule({request, ingresses, controller}: DecideInput): RuleRef | undefined {
	const bySpec = routeBySpec({
		request,
		ingresses,
		settings: controller.flags,
		backendState: () => ({type: 'ready'}),
	});
	return bySpec.matched?.backend.type === 'resource' ? bySpec.matched : undefined;
}

function routed(input: Asked, decided: Decided): Output {
	const {actual} = decided;
	const rule = ruleShown(decided);
	const problems = backendProblems(input, decided);
	const unhealthy = rule ? unhealthyBackend(input, rule) : [];
	const protocols =
		rule && decided.isAsIntended && !actual.redirect && problems.length === 0
			? actual.backends.flatMap((each) => backendProtocol(input, each.rule))
			: [];
	const tls: TlsEvaluation = rule
		? tlsFindings({...input, ingress: rule.ingress})
		: {findings: [], observed: false};
	const findings = [
		...(rule ? wordOfController(input, rule) : []),
		...unhealthy,
		...problems.map((problem) => problem.finding),
		...(rule ? middlewareUnknown(input, actual, rule) : []),
		...answeredByRule(input, actual),
		...protocols.map((problem) => problem.finding),
		...(rule ? sideFindings(input, decided, rule) : []),
		...tls.findings,
		...notJudged(actual.undecided, refOf('Ingress', rule?.ingress ?? {namespace: '', name: '*'})),
	];
	const status = statusOf(findings);
	const {redirect} = actual;
	return {
		hop: {
			kind: 'route',
			status,
			basis: tls.observed && tls.findings.some(({severity}) => severity !== 'info') ? 'evidence' : 'objects',
			subject: rule && refOf('Ingress', rule.ingress),
			summary: summaryOf(rule, redirect),
			findings,
			details: detailsOf(input, decided, rule),
		},
		stop:
			status === 'broken'
				? (stopOf(decided, [...problems, ...unhealthy.map(withoutEndpoints), ...protocols]) ??
					tls.stop ??
					('nobody' as const))
				: undefined,
		backends: decided.isAsIntended ? usable(input, decided) : [],
		rank: rankOf(input, rule),
		redirect: redirect && {scheme: redirect.scheme, host: redirect.host, status: redirect.status},
	};
}

function rankOf({controller}: DecideInput, rule: RuleRef | undefined): readonly number[] | undefined {
	return rule && ingressSide(controller).rankOf?.(rule, controller.flags);
}

/** To the load balancer, what is not healthy is not there. */
function withoutEndpoints(found: Finding): BackendProblem {
	return {finding: found, stop: 'no-endpoints'};
}

/** The rule that is meant; where a default backend stands in for it (ingress-nginx), that one. */
function ruleShown({actual, intended, isAsIntended}: Decided): RuleRef | undefined {
	return isAsIntended ? (actual.matched ?? intended) : intended;
}

function backendProblems(input: DecideInput, decided: Decided): readonly BackendProblem[] {
	const {actual, intended, stateOf} = decided;
	if (!decided.isAsIntended && intended) {
		const broken = {
			...input,
			rule: intended,
			state: stateOf(intended.ingress, intended.backend),
			instead: actual.matched,
		};
		return [backendProblem(broken)].filter((each) => each !== undefined);
	}

	const live = actual.backends.filter(({share}) => share > 0);
	const found = live.flatMap(({rule}) => {
		const each = backendProblem({...input, rule, state: stateInRule(decided, rule)});
		return each ? [each] : [];
	});
	// Some of the traffic still has somewhere to go.
	return found.length < live.length ? [...found, ...substituted(input, decided)].map(atMostWarning) : found;
}

/** ingress-nginx sends to the Service of annotation `default-backend` what has no backend of its own. */
function substituted(input: DecideInput, {actual, intended, stateOf}: Decided): readonly BackendProblem[] {
	if (!intended || sameRule(intended, actual.matched)) {
		return [];
	}

	const state = stateOf(intended.ingress, intended.backend);
	const found = backendProblem({...input, rule: intended, state, instead: actual.matched});
	return found ? [found] : [];
}

function atMostWarning(problem: BackendProblem): BackendProblem {
	const {finding} = problem;
	return finding.severity === 'error' ? {...problem, finding: {...finding, severity: 'warning'}} : problem;
}

/** An ExternalName that a rule got through with is routed by that controller. */
function stateInRule({stateOf}: Decided, {ingress, backend}: RuleRef): ReturnType<Decided['stateOf']> {
	const state = stateOf(ingress, backend);
	return state.type === 'external-name' ? {type: 'ready'} : state;
}

function sideFindings(
	{snapshot, controller, ingresses, focus}: Asked,
	{actual, stateOf}: Decided,
	rule: RuleRef,
): readonly Finding[] {
	const winner = actual.matched ?? rule;
	const rivals = {controller, winner, decision: actual, ingresses};
	const fallback = defaultRule(rule.ingress);
	const beside =
		fallback && !actual.isDefault && !ingressSide(controller).ignoresDefaultBesideRules
			? fallback
			: undefined;
	const state = beside && stateOf(beside.ingress, beside.backend).type;
	return [
		...duplicates(rivals),
		...foreignAnnotations(controller, rule.ingress),
		...wordOnLosers({snapshot, controller}, actual, focus),
		...shadowed(rivals, focus),
		...(beside
			? defaultBackendBroken(beside, state === 'no-service' || state === 'no-port' ? state : undefined)
			: []),
	];
}

function stopOf(decided: Decided, problems: readonly BackendProblem[]): StopReason | undefined {
	const error = problems.find(({finding}) => finding.severity === 'error');
	if (!error) {
		return undefined;
	}

	// Another rule answers in its place: with what, is not for this hop to say.
	if (!decided.isAsIntended && decided.actual.matched) {
		return 'nobody';
	}

	return error.stop;
}

function usable(input: DecideInput, decided: Decided): readonly RoutedBackend[] {
	return decided.actual.backends
		.filter(({rule}) => {
			const {type} = stateInRule(decided, rule);
			return type !== 'no-service' && type !== 'no-port';
		})
		.map((weighted) => routedBackend(input, weighted));
}

function routedBackend(
	{snapshot, controller}: DecideInput,
	{rule, weight, share}: WeightedRule,
): RoutedBackend {
	const {namespace} = rule.ingress;
	if (rule.backend.type === 'resource') {
		const {kind, name} = rule.backend.resource;
		return {kind, namespace, name, weight, share};
	}

	const {name, port} = rule.backend;
	const found = lookup(snapshot, 'Service', namespace, name);
	const chosen = 'found' in found ? portOf(ingressSide(controller), found.found, port) : undefined;
	return {
		kind: 'Service',
		namespace,
		name,
		port: port.name ?? port.number ?? chosen?.port,
		weight,
		share,
		servicePort: chosen ? {number: chosen.port, name: chosen.name || undefined} : port,
		throughProxy: sendsToService(controller, rule, 'found' in found ? found.found : undefined) || undefined,
	};
}

/** Annotations that make a controller send to the Service's address after all. */
function sendsToService(controller: Controller, {ingress}: RuleRef, service: Service | undefined): boolean {
	return ingressSide(controller).sendsToService?.(ingress, service, controller.flags) ?? false;
}

function summaryOf(rule: RuleRef | undefined, redirect: Redirect | undefined): string {
	const to = redirect ? `redirects to ${redirect.scheme} (${redirect.status})` : '';
	return rule ? `${ruleText(rule)} → ${backendText(rule.backend)}${to ? `, ${to}` : ''}` : to;
}

function detailsOf({controller}: DecideInput, decided: Decided, rule: RuleRef | undefined): RouteDetails {
	const {actual} = decided;
	const {redirect, upstreamPath, undecided} = actual;
	const changes = [
		...(redirect ? [`redirects to ${redirect.location} (${redirect.status})`] : []),
		...(upstreamPath === undefined ? [] : [rewriteText(upstreamPath)]),
		...(rule ? passesThrough(controller, rule) : []),
		...undecided.map((what) => `not known: ${what}`),
	];
	return {
		matched: rule && matchedRule(rule),
		changes: changes.length > 0 ? changes : undefined,
		backends: shownBackends(decided, rule),
		losers: losersOf(decided, rule),
	};
}

function rewriteText(upstreamPath: NonNullable<Decided['actual']['upstreamPath']>): string {
	return typeof upstreamPath === 'string'
		? `the backend sees ${upstreamPath}`
		: `not known: what path the backend sees, the regular expression ${upstreamPath.unread} could not be read`;
}

function shownBackends(decided: Decided, rule: RuleRef | undefined): RouteDetails['backends'] {
	const weighted = decided.isAsIntended ? decided.actual.backends : rule ? [{rule, weight: 1, share: 1}] : [];
	return weighted.map(({rule: {ingress, backend}, weight, share}) => ({
		kind: backend.type === 'service' ? 'Service' : backend.resource.kind,
		namespace: ingress.namespace,
		name: backend.type === 'service' ? backend.name : backend.resource.name,
		port: backend.type === 'service' ? (backend.port.name ?? backend.port.number) : undefined,
		weight,
		share,
	}));
}

/** At most ten: enough to see why. */
function losersOf({actual}: Decided, shown?: RuleRef): RouteDetails['losers'] {
	return actual.losers
		.filter(({rule}) => !sameRule(rule, shown))
		.slice(0, 10)
		.map(({rule, why}) => ({...matchedRule(rule), why}));
}
