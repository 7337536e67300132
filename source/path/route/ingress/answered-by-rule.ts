import type {Controller} from '../../../rules/controllers/controller.ts';
import {refOf} from '../../../model/ref.ts';
import type {RouteDecision, RuleRef} from '../../../rules/ingress/decision.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import {describeCommand, ruleEvidence, ruleText} from './rule-text.ts';

/** KNET414: the rule answers by itself, with a status and without a Service. */
export function answeredByRule(
	{controller}: {readonly controller: Controller},
	{matched, status, redirect, backends, setBy}: RouteDecision,
): readonly Finding[] {
	return matched && status !== undefined && !redirect && backends.length === 0
		? [
				finding(routeFindings.answeredByRule, {
					message: `${controller.implementation} answers ${status} by ${ruleText(matched)} of Ingress ${matched.ingress.name} itself.`,
					evidence: [ruleEvidence(matched), ...(setBy === undefined ? [] : [annotationOf(matched, setBy)])],
					remedy: `Change ${setBy === undefined ? 'the annotation that sets this answer' : `annotation ${setBy}`}, if a Service should answer.`,
					command: describeCommand(matched),
					severity: status < 400 ? 'info' : 'error',
				}),
			]
		: [];
}

function annotationOf({ingress}: RuleRef, name: string): EvidenceField {
	return objectField(
		refOf('Ingress', ingress),
		`metadata.annotations[${name}]`,
		ingress.annotations[name] ?? 'absent',
	);
}
