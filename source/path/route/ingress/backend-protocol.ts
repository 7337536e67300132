import {kubectl} from '../../../model/safe-text/command.ts';
import {lookup} from '../../../model/snapshot.ts';
import {portOf} from '../../../rules/controllers/record/backend-state.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import type {RuleRef} from '../../../rules/ingress/decision.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';
import type {Decided} from '../../../rules/controllers/decided.ts';
import {saidOf} from '../../port-speaks.ts';
import {protocolProblem, type ProtocolProblem} from '../port-protocol.ts';
import {ruleEvidence} from './rule-text.ts';

/** Whether the controller speaks what the port behind the rule does. */
export function backendProtocol(
	{snapshot, controller, ingresses, request: {scheme}}: DecideInput,
	{stateOf}: Pick<Decided, 'stateOf'>,
	rule: RuleRef,
): ProtocolProblem | undefined {
	const {ingress, backend} = rule;
	const side = ingressSide(controller);
	if (backend.type !== 'service' || !side.speaks) {
		return undefined;
	}

	const found = lookup(snapshot, 'Service', ingress.namespace, backend.name);
	if (!('found' in found)) {
		return undefined;
	}

	const service = found.found;
	const port = portOf(side, service, backend.port);
	const spoken = side.speaks({scheme, rule, ingress, ingresses, stateOf, service, port}, controller.flags);
	const said = saidOf(snapshot, service, port);
	return (
		spoken &&
		protocolProblem({
			implementation: controller.implementation,
			service,
			port,
			spoken,
			said,
			isPart: false,
			rule: ruleEvidence(rule),
			command: kubectl(ingress, 'get', 'ingress', ingress.name, '-o', 'yaml'),
			mend: `Set ${spoken.setBy}, so that it says what the port speaks.`,
			trust: {
				remedy: `Name a ServersTransport (serverName and rootCAs, or insecureSkipVerify) in annotation ${spoken.distrusts} of Service ${service.name}.`,
				evidence: said && [said.by],
			},
		})
	);
}
