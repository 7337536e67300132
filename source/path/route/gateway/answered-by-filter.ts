import {kubectl} from '../../../model/safe-text/command.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {Selection} from '../../../rules/gateway-api/select.ts';
import {pathOf, type Candidate} from '../../../rules/gateway-api/candidate.ts';
import type {Outcome} from '../../../rules/gateway-api/outcome.ts';
import {type Finding, finding, objectField} from '../../finding.ts';
import {answerSeverity} from '../answer-severity.ts';
import {hides, type Extent} from '../hides.ts';
import {routeFindings} from '../catalogue.ts';

/** KNET414: a filter of the rule answers in place of a backend. It is meant where the rule names no Service, and hides no other rule. */
export function answeredByFilter(
	controller: Controller | undefined,
	{winner, losers}: {readonly winner: Candidate; readonly losers: Selection['losers']},
	outcome: Outcome,
): readonly Finding[] {
	if (outcome.type !== 'answered' || outcome.status === undefined || outcome.status < 400) {
		return [];
	}

	const {route, rule} = winner;
	const {by, status} = outcome;
	const isMeant =
		rule.backendRefs.length === 0 &&
		!losers.some(({candidate, matched}) => matched && hides(extentOf(winner), extentOf(candidate)));
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

function extentOf({hostname, match}: Candidate): Extent {
	const {type, value} = pathOf(match);
	return {host: hostname, pathType: type, value};
}
