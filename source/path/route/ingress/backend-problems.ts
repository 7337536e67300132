import type {DecideInput, Decided} from '../../../rules/controllers/decide.ts';
import {type BackendProblem, backendProblem} from './backend-findings.ts';
import {sameRule} from '../../../rules/ingress/same-rule.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';

export function backendProblems(input: DecideInput, decided: Decided): readonly BackendProblem[] {
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
export function stateInRule({stateOf}: Decided, {ingress, backend}: RuleRef): ReturnType<Decided['stateOf']> {
	const state = stateOf(ingress, backend);
	return state.type === 'external-name' ? {type: 'ready'} : state;
}
