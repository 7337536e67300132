import {noRequest} from '../no-request.ts';
import type {ObjectRef} from '../../../model/ref.ts';
import {refText} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {RoutedBackend} from '../../../rules/backend.ts';
import type {Rank} from '../../../rules/rank.ts';
import type {Answers} from '../../../rules/controllers/record/facts.ts';
import type {RouterBackend} from '../../../rules/routers/backends.ts';
import type {RouterDecision, RouterProblem} from '../../../rules/routers/router.ts';
import type {StopReason} from '../../../rules/stop.ts';
import type {RouteDetails} from '../../details.ts';
import type {HopEvaluation, HopEvaluator} from '../../hop-evaluator.ts';
import {statusOf} from '../../hop-status.ts';
import {routerProtocols} from './backend-protocol.ts';
import {matchedRule, plainKind} from './rule-text.ts';
import {type RouterRouteInput, type Case, findingsOf} from './rule-findings.ts';

export type RouterRouteEvaluation = HopEvaluation<'route'> & {
	readonly backends: readonly RoutedBackend[];
	/** The rule answers by itself: with what, in words. */
	readonly answeredBy?: string;
	/** What else it answers, where the rule decides that. */
	readonly answers?: Answers;
	readonly rank?: Rank;
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

function protocolsOf({hopContext: {snapshot}, input: {controller}, decision}: Case) {
	const {rule, backends, problems, answer, redirect} = decision;
	const isEnded = answer ?? redirect ?? problems.find(({ends}) => ends);
	const live = backends.filter(({share}) => share > 0);
	return rule && !isEnded ? routerProtocols({snapshot, controller, rule}, live) : [];
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
