import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import {refOf} from '../../../model/ref.ts';
import type {Service} from '../../../model/services/service.ts';
import type {RouteDecision} from '../../../rules/ingress/decision.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../finding.ts';
import {answerSeverity} from '../answer-severity.ts';
import {hides} from '../hides.ts';
import {routeFindings} from '../catalogue.ts';
import {describeCommand, ruleEvidence, ruleText} from './rule-text.ts';

/** KNET414: the rule answers by itself, with a status and without a Service. It is meant where it is written so, and hides no other rule. */
export function answeredByRule(
	{controller}: {readonly controller: Controller},
	{matched, status, redirect, backends, setBy, setOn, namesNoService, losers}: RouteDecision,
): readonly Finding[] {
	return matched && status !== undefined && !redirect && backends.length === 0
		? [
				finding(routeFindings.answeredByRule, {
					message: `${controller.implementation} answers ${status} by ${ruleText(matched)} of Ingress ${matched.ingress.name} itself.`,
					evidence: [
						ruleEvidence(matched),
						...(setBy === undefined
							? []
							: [annotationOf(setOn ?? matched.ingress, setBy, setOn ? 'Service' : 'Ingress')]),
					],
					remedy: `Change ${setBy === undefined ? 'the annotation that sets this answer' : `annotation ${setBy}`}, if a Service should answer.`,
					command: describeCommand(matched),
					severity: answerSeverity(
						status,
						namesNoService === true && !losers.some(({rule}) => hides(matched, rule)),
					),
				}),
			]
		: [];
}

function annotationOf(object: Ingress | Service, name: string, kind: 'Ingress' | 'Service'): EvidenceField {
	return objectField(
		refOf(kind, object),
		`metadata.annotations[${name}]`,
		object.annotations[name] ?? 'absent',
	);
}
