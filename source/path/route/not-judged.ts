import type {ObjectRef} from '../../model/ref.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {routeFindings} from './catalogue.ts';

/** KNET412: rules that may take the request and could not be compared with it. */
export function notJudged(reasons: readonly string[], where: ObjectRef): readonly Finding[] {
	const [first] = reasons;
	return first === undefined
		? []
		: [
				finding(routeFindings.ruleNotJudged, {
					message: 'Another rule may take this request: not all rules of the host could be compared with it.',
					evidence: reasons.slice(0, 3).map((value) => objectField(where, 'spec.rules[]', value)),
					remedy: 'Send the request and look at the access log of the controller.',
					command: 'kubectl get ingress,httproute -A',
				}),
			];
}
