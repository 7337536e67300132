import type {IngressRouteEvaluation} from './route-evaluation.ts';
import {notJudged} from '../not-judged.ts';
import {backendProblem} from './backend-findings.ts';
import {noRuleMatches} from './rule-findings.ts';
import {statusOf} from '../../hop-status.ts';
import {ruleText, backendText} from './rule-text.ts';
import {losersOf} from './route-details.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';
import {routeBySpec} from '../../../rules/ingress/spec.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';
import type {Decided} from '../../../rules/controllers/decided.ts';

export function noRule(input: DecideInput, decided: Decided): IngressRouteEvaluation {
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
		stop: status === 'broken' ? (decided.actual.stopWithoutRule ?? 'no-rule') : undefined,
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
