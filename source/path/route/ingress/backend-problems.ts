import {kubectl} from '../../../model/safe-text/command.ts';
import {atMostWarning, finding, type Finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import {ruleEvidence} from './rule-text.ts';
import type {Asked} from './route-evaluation.ts';
import {type BackendProblem, backendProblem} from './backend-findings.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {sameRule} from '../../../rules/ingress/same-rule.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';
import {routeBySpec} from '../../../rules/ingress/spec.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';
import type {Decided} from '../../../rules/controllers/decided.ts';

/** What is wrong with the backends of the rule that answers, and with that of the rule that is left out. */
export function backendProblems(input: Asked, decided: Decided): readonly BackendProblem[] {
	return [
		...meantProblem(input, decided),
		...leftOutProblem(input, decided),
		...actualProblems(input, decided),
	];
}

/**
Where no rule answers, the one that the API means for the request may be another one than the controller would choose (Traefik ranks
by length, and `Prefix /` before `Exact /api`): mended alone, it takes the request.
*/
function meantProblem(input: Asked, {actual, leftOut, stateOf}: Decided): readonly BackendProblem[] {
	const {request, ingresses, controller} = input;
	const meant =
		leftOut && !actual.matched && !actual.redirect
			? routeBySpec({
					request,
					ingresses,
					settings: controller.flags,
					backendState: () => ({type: 'ready'}),
				}).matched
			: undefined;
	const isLeftOut =
		meant && !sameRule(meant, leftOut) && actual.losers.some(({rule}) => sameRule(rule, meant));
	const problem = isLeftOut
		? backendProblem({...input, rule: meant, state: stateOf(meant.ingress, meant.backend)})
		: undefined;
	return problem ? [{...problem, stop: stopWithoutRule(input, problem)}] : [];
}

/**
Where another rule answers, the request goes on by that one (seen on Contour 1.33.8, HAProxy Ingress 0.14.0 and Traefik: 200). For
whoever asks about the Ingress, a rule of another one that answers is an error all the same.
*/
function leftOutProblem(input: Asked, {actual, leftOut, stateOf}: Decided): readonly BackendProblem[] {
	if (!leftOut) {
		return [];
	}

	const state = stateOf(leftOut.ingress, leftOut.backend);
	const problem = backendProblem({...input, rule: leftOut, state, instead: actual.matched});
	if (!problem || !actual.matched) {
		return problem ? [{...problem, stop: stopWithoutRule(input, problem)}] : [];
	}

	return isAskedFor(input, leftOut) && !isAskedFor(input, actual.matched)
		? [{...problem, stop: 'nobody'}]
		: [asWarning(problem)];
}

/** Without the rule the request meets none: some answer otherwise to that (Istio, of a named port). */
function stopWithoutRule({controller: {answers}}: Asked, {stop}: BackendProblem): StopReason {
	return answers['no-rule'] === answers[stop] ? stop : 'no-rule';
}

function isAskedFor({focus}: Asked, {ingress}: RuleRef): boolean {
	return focus?.namespace === ingress.namespace && focus.name === ingress.name;
}

function actualProblems(input: DecideInput, decided: Decided): readonly BackendProblem[] {
	const {actual} = decided;
	const live = actual.backends.filter(({share}) => share > 0);
	const found = live.flatMap(({rule}) => {
		const each = backendProblem({...input, rule, state: stateInRule(decided, rule)});
		return each ? [each] : [];
	});
	// Some of the traffic still has somewhere to go.
	return found.length < live.length ? [...found, ...substituted(input, decided)].map(asWarning) : found;
}

/** ingress-nginx sends to the Service of annotation `default-backend` what has no backend of its own. */
function substituted(
	input: DecideInput,
	{actual, intended, leftOut, stateOf}: Decided,
): readonly BackendProblem[] {
	if (!intended || leftOut || sameRule(intended, actual.matched)) {
		return [];
	}

	const state = stateOf(intended.ingress, intended.backend);
	if (state.type === 'empty' && actual.matched) {
		return [{finding: substituteAnswers(intended, actual.matched), stop: 'no-endpoints'}];
	}

	const found = backendProblem({...input, rule: intended, state, instead: actual.matched});
	return found ? [found] : [];
}

/** KNET453: what the endpoints hop would say of the Service, were it asked. */
function substituteAnswers(intended: RuleRef, substitute: RuleRef): Finding {
	const {namespace} = intended.ingress;
	const [name, other] = [intended, substitute].map(({backend}) =>
		backend.type === 'service' ? backend.name : '',
	);
	return finding(routeFindings.substituteAnswers, {
		message: `Service ${name} has no ready endpoint: Service ${other} answers instead (annotation default-backend).`,
		evidence: [ruleEvidence(intended)],
		remedy: `Get the pods of Service ${name} Ready.`,
		command: kubectl({namespace}, 'get', 'endpointslices', '-l', `kubernetes.io/service-name=${name}`),
	});
}

function asWarning(problem: BackendProblem): BackendProblem {
	return {...problem, finding: atMostWarning(problem.finding)};
}

/** An ExternalName that a rule got through with is routed by that controller. */
export function stateInRule({stateOf}: Decided, {ingress, backend}: RuleRef): ReturnType<Decided['stateOf']> {
	const state = stateOf(ingress, backend);
	return state.type === 'external-name' ? {type: 'ready'} : state;
}
