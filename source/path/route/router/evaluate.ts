import {noRequest} from '../no-request.ts';
import type {ObjectRef} from '../../../model/ref.ts';
import {refText} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {RoutedBackend} from '../../../rules/backend.ts';
import type {Answers} from '../../../rules/controllers/record/facts.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {RouterBackend} from '../../../rules/routers/backends.ts';
import type {Router, RouterDecision, RouterObject, RouterProblem} from '../../../rules/routers/router.ts';
import type {StopReason} from '../../../rules/stop.ts';
import type {RouteDetails} from '../../details.ts';
import {type Finding, finding} from '../../finding.ts';
import type {HopContext, HopEvaluation, HopEvaluator} from '../../hop-evaluator.ts';
import {statusOf} from '../../hop-status.ts';
import {answerSeverity} from '../answer-severity.ts';
import {hides} from '../hides.ts';
import {routeFindings} from '../catalogue.ts';
import {redirectToItself} from '../redirect-to-itself.ts';
import {routerBackendFindings} from './backend-findings.ts';
import {routerProtocols} from './backend-protocol.ts';
import {noRouterRule} from './no-rule.ts';
import {problemFinding} from './problem-findings.ts';
import {describe, matchedRule, plainKind, ruleEvidence, ruleName, plainRef} from './rule-text.ts';

type RouterRouteInput = {
	readonly router: Router;
	readonly controller: Controller;
	/** All that the controller serves, of every namespace. */
	readonly objects: readonly RouterObject[];
	/** The object that the question is about. */
	readonly focus?: ObjectRef;
};

export type RouterRouteEvaluation = HopEvaluation<'route'> & {
	readonly backends: readonly RoutedBackend[];
	/** The rule answers by itself: with what, in words. */
	readonly answeredBy?: string;
	/** What else it answers, where the rule decides that. */
	readonly answers?: Answers;
	readonly rank?: readonly number[];
};

/** Which rule of a router takes the request, and where it leads. */
export const routerRouteEvaluator: HopEvaluator<'route', RouterRouteInput, RouterRouteEvaluation> = {
	kind: 'route',
	evaluate(hopContext, input) {
		const {request} = hopContext;
		if (!request) {
			return noRequest;
		}

		const {router, controller, objects} = input;
		const {snapshot, client} = hopContext;
		const decision = router.decide({snapshot, controller, request, client, objects: objects});
		return evaluated({hopContext, input, request, decision: asAsked(decision, input.focus)});
	},
};

/** When the person asks about an object, it is a fault that another object takes the request. */
function asAsked(decision: RouterDecision, focus: ObjectRef | undefined): RouterDecision {
	const isOwn = ({object, taken}: RouterProblem): boolean =>
		taken !== undefined && focus !== undefined && refText(object) === refText(focus);
	const problems = decision.problems.map((problem): RouterProblem =>
		isOwn(problem) ? {...problem, ends: 'nobody'} : problem,
	);
	return {...decision, problems};
}

type Case = {
	readonly hopContext: HopContext;
	readonly input: RouterRouteInput;
	readonly request: HttpRequest;
	readonly decision: RouterDecision;
};

function evaluated(each: Case): RouterRouteEvaluation {
	const {input, decision, request} = each;
	const protocols = protocolsOf(each);
	const findings = [...findingsOf(each), ...protocols.map((problem) => problem.finding)];
	const status = statusOf(findings);
	const isOpen = decision.undecided.length > 0 || status === 'broken';
	const {answer, redirect, rule} = decision;
	return {
		hop: {
			kind: 'route',
			status,
			basis: 'objects',
			subject: rule?.object ?? input.focus,
			summary: summaryOf(decision, request),
			findings,
			details: detailsOf(decision),
		},
		stop: status === 'broken' ? stopOf(decision, protocols[0]?.stop) : undefined,
		backends: isOpen ? [] : usable(decision).map(routedBackend),
		answeredBy: redirect ? 'the redirect' : answer && `the rule: ${answer.status}`,
		answers: decision.answers,
		rank: decision.rank,
	};
}

function findingsOf({hopContext, input, request, decision}: Case): readonly Finding[] {
	const {snapshot} = hopContext;
	const {router} = input;
	const {rule, problems, undecided} = decision;
	const answers = {...input.controller.answers, ...decision.answers};
	const controller = {...input.controller, answers};
	const told = [
		...problems.map((problem) => problemFinding(controller, request.host, problem)),
		...undecided.map((what) => undecidedFinding(input, decision, what)),
	];
	const isEnded = problems.some(({ends}) => ends);
	if (!rule) {
		return isEnded || undecided.length > 0
			? told
			: [noRouterRule({snapshot, router, controller, request, objects: input.objects}), ...told];
	}

	const live = decision.backends.filter(({share}) => share > 0);
	const isPart = live.some(({problem}) => !problem);
	return [
		...told,
		...(isEnded
			? []
			: decision.backends.flatMap((backend) =>
					routerBackendFindings({snapshot, controller, rule, backend, isPart}),
				)),
		...answered(controller, decision),
		...redirectFindings(request, decision),
		...shadowed(input, decision),
	];
}

function protocolsOf({hopContext: {snapshot}, input: {controller}, decision}: Case) {
	const {rule, backends, problems, answer, redirect} = decision;
	const isEnded = answer ?? redirect ?? problems.find(({ends}) => ends);
	const live = backends.filter(({share}) => share > 0);
	return rule && !isEnded ? routerProtocols({snapshot, controller, rule}, live) : [];
}

/** KNET451. */
function redirectFindings(request: HttpRequest, {rule, redirect}: RouterDecision): readonly Finding[] {
	return rule && redirect
		? redirectToItself({
				request,
				location: redirect.location,
				object: plainRef(rule.object),
				field: rule.field,
				command: describe(rule.object),
			})
		: [];
}

/** KNET414: the rule answers by itself. It is meant where the rule is there for it, and hides no other rule. */
function answered({implementation}: Controller, {rule, answer, losers}: RouterDecision): readonly Finding[] {
	return rule && answer
		? [
				finding(routeFindings.answeredByRule, {
					message: `${implementation} answers ${answer.status} by ${ruleName(rule)} itself: ${answer.why}.`,
					evidence: [ruleEvidence(rule)],
					remedy: 'Change the rule, if a Service should answer.',
					command: describe(rule.object),
					severity: answerSeverity(
						answer.status,
						answer.isMeant === true && !losers.some((loser) => hides(rule, loser.rule)),
					),
				}),
			]
		: [];
}

/** KNET406: the object that was asked for does not take its own request. */
function shadowed({focus}: RouterRouteInput, {rule, losers}: RouterDecision): readonly Finding[] {
	const isSame = ({object}: {readonly object: ObjectRef}): boolean =>
		focus !== undefined && refText(object) === refText(focus);
	const own = losers.find((loser) => isSame(loser.rule));
	return !rule || !own || isSame(rule)
		? []
		: [
				finding(routeFindings.ruleShadowed, {
					message: `${ruleName(rule)} takes this request from ${ruleName(own.rule)}: ${own.why}.`,
					evidence: [ruleEvidence(rule), ruleEvidence(own.rule)],
					remedy: 'Make one of the two more specific, or remove it.',
					command: describe(rule.object),
				}),
			];
}

/** KNET413: the decision rests on something that is not known. */
function undecidedFinding(
	{router, controller, focus}: RouterRouteInput,
	{rule}: RouterDecision,
	what: string,
) {
	const object = rule?.object ?? focus;
	return finding(routeFindings.ruleAssumed, {
		message: `Where the request goes depends on ${controller.implementation} (${what}).`,
		evidence: rule
			? [ruleEvidence(rule)]
			: [{object: object ? refText(plainRef(object)) : `${router.kind}/*`, path: 'spec', value: what}],
		remedy: 'Send the request, or read the log of the controller.',
		command: object && describe(object),
	});
}

function usable({backends}: RouterDecision): readonly RouterBackend[] {
	return backends.filter(({problem, share}) => !problem && share > 0);
}

function routedBackend({
	kind,
	namespace,
	name,
	port,
	servicePort,
	weight,
	share,
	throughProxy,
	subset,
}: RouterBackend) {
	return {kind, namespace, name, port, servicePort, weight, share, throughProxy, subset};
}

function stopOf(
	{rule, answer, redirect, problems, backends}: RouterDecision,
	atBackend?: StopReason,
): StopReason {
	const ends = problems.find((problem) => problem.ends)?.ends;
	const isServed = backends.some(({problem, share}) => !problem && share > 0);
	// A redirect to itself has no answer of its own.
	const byRule = redirect ? 'nobody' : isServed && atBackend ? atBackend : 'no-backend';
	return ends ?? (answer ? `answered-${answer.status}` : rule ? byRule : 'no-rule');
}

function summaryOf(decision: RouterDecision, {method, host, urlPath}: HttpRequest): string {
	const {rule, redirect, answer, undecided} = decision;
	if (!rule) {
		return undecided.length > 0 ? 'not known' : `no rule for ${method} ${host || '*'}${urlPath}`;
	}

	const [first, ...rest] = decision.backends.filter(({share}) => share > 0);
	const port = first?.port === undefined ? '' : `:${first.port}`;
	const to = redirect
		? `${redirect.status} ${redirect.location}`
		: answer
			? String(answer.status)
			: first
				? `${first.name}${port}${rest.length > 0 ? ` and ${rest.length} more` : ''}`
				: 'no backend';
	return `${plainKind(rule.object.kind)} ${rule.object.name}  ${rule.text} → ${to}`;
}

function detailsOf({rule, redirect, changes, backends, losers}: RouterDecision): RouteDetails {
	const all = [...(redirect ? [`redirects to ${redirect.location} (${redirect.status})`] : []), ...changes];
	return {
		matched: rule && matchedRule(rule),
		changes: all.length > 0 ? all : undefined,
		backends: backends.map(({kind, namespace, name, port, weight, share}) => ({
			kind,
			namespace,
			name,
			port,
			weight,
			share,
		})),
		losers: losers.slice(0, 10).map((loser) => ({...matchedRule(loser.rule), why: loser.why})),
	};
}
