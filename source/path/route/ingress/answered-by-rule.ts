import type {Controller} from '../../../rules/controllers/controller.ts';
import type {RouteDecision} from '../../../rules/ingress/decision.ts';
import {type Finding, finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import {describeCommand, ruleEvidence, ruleText} from './rule-text.ts';

/** KNET414: the rule answers by itself, with a status and without a Service. */
export function answeredByRule(
	{controller}: {readonly controller: Controller},
	{matched, status, redirect, backends}: RouteDecision,
): readonly Finding[] {
	return matched && status !== undefined && !redirect && backends.length === 0
		? [
				finding(routeFindings.answeredByRule, {
					message: `${controller.implementation} answers ${status} by ${ruleText(matched)} of Ingress ${matched.ingress.name} itself.`,
					evidence: [ruleEvidence(matched)],
					remedy: 'Change the annotation that sets this answer, if a Service should answer.',
					command: describeCommand(matched),
					severity: status < 400 ? 'info' : 'error',
				}),
			]
		: [];
}
