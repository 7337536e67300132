import {refOf} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {matchField, type Candidate} from '../../../rules/gateway-api/candidate.ts';
import type {Outcome} from '../../../rules/gateway-api/outcome.ts';
import type {Finding} from '../../finding.ts';
import {redirectToItself} from '../redirect-to-itself.ts';
import {describeRoute} from './refused/refusal-findings.ts';

/** KNET451. */
export function redirectFindings(
	request: HttpRequest,
	winner: Candidate,
	outcome: Outcome,
): readonly Finding[] {
	return outcome.type === 'redirect'
		? redirectToItself({
				request,
				location: outcome.redirect.location,
				object: refOf(winner.route.routeKind, winner.route),
				field: `${matchField(winner).replace(/\.matches.*$/u, '')}.filters`,
				command: describeRoute(winner),
			})
		: [];
}
