import type {ObjectRef} from '../../../model/ref.ts';
import {refText} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {Router, RouterDecision, RouterObject} from '../../../rules/routers/router.ts';
import {type Finding, finding} from '../../finding.ts';
import type {HopContext} from '../../hop-evaluator.ts';
import {answerSeverity} from '../answer-severity.ts';
import {hides} from '../hides.ts';
import {routeFindings} from '../catalogue.ts';
import {redirectToItself} from '../redirect-to-itself.ts';
import {routerBackendFindings} from './backend-findings.ts';
import {noRouterRule} from './no-rule.ts';
import {problemFinding} from './problem-findings.ts';
import {describe, ruleEvidence, ruleName, plainRef} from './rule-text.ts';

export type RouterRouteInput = {
	readonly router: Router;
	readonly controller: Controller;
	/** All that the controller serves, of every namespace. */
	readonly objects: readonly RouterObject[];
	/** The object that the question is about. */
	readonly focus?: ObjectRef;
};

export type Case = {
	readonly hopContext: HopContext;
	readonly input: RouterRouteInput;
	readonly request: HttpRequest;
	readonly decision: RouterDecision;
};

export function findingsOf({hopContext, input, request, decision}: Case): readonly Finding[] {
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
