import type {Gateway} from '../../../model/routes/gateway.ts';
import {findCondition, type Condition} from '../../../model/meta.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {isAdmitted} from '../../../rules/gateway-api/listeners/listener-sets.ts';
import {accessFinding} from '../../access.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import {gatewayFindings} from './catalogue.ts';
import {conditionText, describe} from './gateway-findings.ts';
import type {GatewayInput} from './gateway-input.ts';

/** KNET329: the Gateway does not admit the ListenerSet that is asked for. */
export function setFindings(
	snapshot: Snapshot,
	gateway: Gateway,
	set: GatewayInput['set'],
): readonly Finding[] {
	const object = set && snapshot.get(set.kind, set.namespace, set.name);
	const admitted = object && isAdmitted(snapshot, gateway, object);
	if (!object || admitted === true) {
		return [];
	}

	// Which namespaces a selector means stands in their labels.
	const unread = typeof admitted === 'object' ? accessFinding('Namespace', undefined, admitted) : undefined;
	if (unread) {
		return [unread];
	}

	const accepted = findCondition(object.conditions, 'Accepted');
	return [notAdmitted(gateway, set, accepted?.status === 'False' ? accepted : undefined)];
}

/** By the word of the controller, else by what the Gateway allows. */
function notAdmitted(
	gateway: Gateway,
	set: NonNullable<GatewayInput['set']>,
	refused: Condition | undefined,
): Finding {
	const {from} = gateway.allowedListeners ?? {from: 'None'};
	return finding(gatewayFindings.listenerSetNotAdmitted, {
		message: `Gateway ${gateway.namespace}/${gateway.name} does not take the listeners of ${set.kind} ${set.namespace}/${set.name}${refused ? `: ${conditionText(refused)}` : '.'}`,
		evidence: [
			refused
				? objectField(set, 'status.conditions[Accepted]', `${refused.status} (${refused.reason})`)
				: objectField({kind: 'Gateway', ...gateway}, 'spec.allowedListeners.namespaces.from', from),
		],
		remedy:
			'Admit its namespace in spec.allowedListeners of the Gateway, and look at the conditions of the set.',
		command: describe(gateway),
	});
}
