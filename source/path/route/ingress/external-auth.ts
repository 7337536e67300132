import {kubectl} from '../../../model/command.ts';
import type {Service} from '../../../model/service.ts';
import {isKnown, lookup, type Snapshot} from '../../../model/snapshot.ts';
import type {DecideInput} from '../../../rules/controllers/decide.ts';
import type {ExternalAuth} from '../../../rules/controllers/record/ingress-side.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';
import {joinSlices} from '../../../rules/endpoint-slices/join-slices.ts';
import {stateOfSlices} from '../../../rules/slices-state.ts';
import {finding, objectField} from '../../finding.ts';
import type {BackendProblem} from './backend-findings.ts';
import {routeFindings} from '../catalogue.ts';
import {ruleEvidence} from './rule-text.ts';

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

/** Undefined: it may answer. */
function whySilent(snapshot: Snapshot, {namespace, name, port}: ExternalAuth): string | undefined {
	const found = lookup(snapshot, 'Service', namespace, name);
	if ('missing' in found) {
		return 'does not exist';
	}

	return 'found' in found ? whyEmpty(snapshot, found.found, port) : undefined;
}

function whyEmpty(snapshot: Snapshot, service: Service, number: number): string | undefined {
	if (service.type === 'ExternalName' || !isKnown(stateOfSlices(snapshot, service))) {
		return undefined;
	}

	const port = service.ports.find((each) => each.port === number);
	if (!port) {
		return `has no port ${number}`;
	}

	const slices = snapshot.slicesOf(service.namespace, service.name);
	const isThere = joinSlices(slices, port).some(({ready, serving}) => ready || serving);
	return isThere ? undefined : 'has no ready endpoint';
}
