import type {Gateway} from '../../../model/gateway.ts';
import {findCondition} from '../../../model/meta.ts';
import {refText} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {listenersIn} from '../../../rules/gateway-api/listener-sets.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import {gatewayFindings} from './catalogue.ts';
import {conditionText, describe} from './gateway-findings.ts';
import type {GatewayInput} from './gateway-input.ts';

/** KNET329: no listener of the ListenerSet that is asked for is one of the Gateway. */
export function setFindings(
	snapshot: Snapshot,
	gateway: Gateway,
	set: GatewayInput['set'],
): readonly Finding[] {
	if (!set || listenersIn(gateway, set).length > 0) {
		return [];
	}

	const object = snapshot.get(set.kind, set.namespace, set.name);
	const accepted = object && findCondition(object.conditions, 'Accepted');
	const isRefused = accepted?.status === 'False';
	const {from} = gateway.allowedListeners ?? {from: 'None'};
	return [
		finding(gatewayFindings.listenerSetNotAdmitted, {
			message: `Gateway ${gateway.namespace}/${gateway.name} does not take the listeners of ${set.kind} ${set.namespace}/${set.name}${isRefused ? `: ${conditionText(accepted)}` : '.'}`,
			evidence: isRefused
				? [objectField(set, 'status.conditions[Accepted]', `${accepted.status} (${accepted.reason})`)]
				: [
						{
							object: refText({kind: 'Gateway', namespace: gateway.namespace, name: gateway.name}),
							path: 'spec.allowedListeners.namespaces.from',
							value: from,
						},
					],
			remedy:
				'Admit its namespace in spec.allowedListeners of the Gateway, and look at the conditions of the set.',
			command: describe(gateway),
		}),
	];
}
