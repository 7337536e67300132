import {kubectl} from '../../../model/safe-text/command.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {Selection} from '../../../rules/gateway-api/select.ts';
import type {Candidate} from '../../../rules/gateway-api/candidate.ts';
import type {Outcome} from '../../../rules/gateway-api/outcome.ts';
import {type Finding, finding, objectField} from '../../finding.ts';
import {answerSeverity} from '../answer-severity.ts';
import {routeFindings} from '../catalogue.ts';

type Selected = {readonly winner: Candidate; readonly losers: Selection['losers']};

/** KNET414: a filter of the rule answers in place of a backend. It is meant where the rule names no Service, and hides no other rule. */
export function answeredByFilter(
	controller: Controller | undefined,
	{winner: {route, rule}, losers}: Selected,
	outcome: Outcome,
): readonly Finding[] {
	if (outcome.type !== 'answered' || outcome.status === undefined || outcome.status < 400) {
		return [];
	}

	const {by, status} = outcome;
	const isMeant = rule.backendRefs.length === 0 && !losers.some(({matched}) => matched);
	return [
		finding(routeFindings.answeredByRule, {
			message: `${controller?.implementation ?? 'The Gateway'} answers ${status} by ${by.kind} ${by.name} of ${route.routeKind} ${route.name} itself.`,
			evidence: [objectField(by, 'spec.directResponse.statusCode', String(status))],
			remedy: `Change ${by.kind} ${by.name}, if a Service should answer.`,
			command: kubectl(route, 'get', by.kind.toLowerCase(), by.name, '-o', 'yaml'),
			severity: answerSeverity(status, isMeant),
		}),
	];
}
