import {kubectl} from '../../../model/safe-text/command.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {Candidate} from '../../../rules/gateway-api/candidate.ts';
import type {Outcome} from '../../../rules/gateway-api/outcome.ts';
import {type Finding, finding, objectField} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';

/** KNET414: a filter of the rule answers with an error in place of a backend. */
export function answeredByFilter(
	controller: Controller | undefined,
	{route}: Candidate,
	outcome: Outcome,
): readonly Finding[] {
	if (outcome.type !== 'answered' || outcome.status === undefined || outcome.status < 400) {
		return [];
	}

	const {by, status} = outcome;
	return [
		finding(routeFindings.answeredByRule, {
			message: `${controller?.implementation ?? 'The Gateway'} answers ${status} by ${by.kind} ${by.name} of ${route.routeKind} ${route.name} itself.`,
			evidence: [objectField(by, 'spec.directResponse.statusCode', String(status))],
			remedy: `Change ${by.kind} ${by.name}, if a Service should answer.`,
			command: kubectl(route, 'get', by.kind.toLowerCase(), by.name, '-o', 'yaml'),
		}),
	];
}
