import {kubectl} from '../../../model/safe-text/command.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import {whySilent} from '../../../rules/controllers/external-auth.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';
import {finding, objectField} from '../../finding.ts';
import type {BackendProblem} from './backend-findings.ts';
import {routeFindings} from '../catalogue.ts';
import {ruleEvidence} from './rule-text.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';

/** KNET452: the Service that is asked whether a client may pass gives no answer. */
export function externalAuthProblems(
	{snapshot, controller}: DecideInput,
	rule: RuleRef,
): readonly BackendProblem[] {
	const asked = ingressSide(controller).externalAuth?.(rule.ingress, controller.flags);
	const why = asked && whySilent(snapshot, asked);
	if (!asked || why === undefined) {
		return [];
	}

	const {namespace, name, setBy, status} = asked;
	return [
		{
			stop: `answered-${status}`,
			finding: finding(routeFindings.externalAuthSilent, {
				message: `${controller.implementation} asks Service ${namespace}/${name}, which ${why}: no client passes.`,
				evidence: [ruleEvidence(rule), objectField({kind: 'Service', namespace, name}, 'spec', why)],
				remedy: `Get that Service to answer, or remove ${setBy}.`,
				command: kubectl({namespace}, 'get', 'service,endpointslices,pods'),
			}),
		},
	];
}
