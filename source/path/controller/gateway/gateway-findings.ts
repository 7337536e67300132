import {kubectl} from '../../../model/safe-text/command.ts';
import type {Gateway} from '../../../model/routes/gateway.ts';
import {findCondition, isBehind, type Condition} from '../../../model/meta.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../finding.ts';
import {gatewayFindings} from './catalogue.ts';
import {quoted} from '../../words.ts';

/**
KNET323 and KNET324: what the controller says of the Gateway itself. One bad listener makes Traefik call the whole Gateway not
accepted (ListenersNotValid), although it serves the others: then the listeners tell (KNET325).
*/
export function evaluateGatewayState(gateway: Gateway, plane: PlaneState): readonly Finding[] {
	const accepted = findCondition(gateway.conditions, 'Accepted');
	if (accepted?.status === 'False' && !isBehind(accepted, gateway.generation)) {
		const reportedByListeners = accepted.reason === 'ListenersNotValid' && gateway.listenerStatus.length > 0;
		return [notAccepted(gateway, accepted, reportedByListeners ? 'info' : 'error')];
	}

	const programmed = findCondition(gateway.conditions, 'Programmed');
	if (!programmed || programmed.status === 'Unknown' || isBehind(programmed, gateway.generation)) {
		return [notKnown(gateway, programmed)];
	}

	return programmed.status === 'False' ? [notProgrammed(gateway, programmed, plane)] : [];
}

/** Whether pods that serve the Gateway are Ready. `absent`: there can be none without an address (a cloud's load balancer). */
export type PlaneState = 'ready' | 'not-ready' | 'unknown' | 'absent';

function notAccepted(gateway: Gateway, condition: Condition, severity: 'info' | 'error'): Finding {
	return finding(gatewayFindings.gatewayNotAccepted, {
		severity,
		message:
			severity === 'info'
				? `Listeners of Gateway ${gateway.name} are not valid.`
				: `The controller does not accept Gateway ${gateway.name}: ${conditionText(condition)}`,
		evidence: [evidence(gateway, condition)],
		remedy: 'Change the Gateway as the reason says.',
		command: describe(gateway),
	});
}

/** AddressNotAssigned speaks of `status.addresses` alone: a data plane that is ready serves at another address (apis/v1 GatewayReasonAddressNotAssigned). */
function notProgrammed(gateway: Gateway, condition: Condition, plane: PlaneState): Finding {
	const isAddressOnly = condition.reason === 'AddressNotAssigned';
	return finding(gatewayFindings.gatewayNotProgrammed, {
		severity: isAddressOnly && plane === 'ready' ? 'info' : undefined,
		undecided: (isAddressOnly && plane === 'unknown') || undefined,
		message: isAddressOnly
			? `Gateway ${gateway.name} has no address in its status: ${conditionText(condition)}`
			: `Gateway ${gateway.name} is not programmed into the data plane: ${conditionText(condition)}`,
		evidence: [evidence(gateway, condition)],
		remedy: isAddressOnly
			? 'Check the LoadBalancer Service of the controller: it has no address yet.'
			: 'Look at the log of the controller.',
		command: describe(gateway),
	});
}

function notKnown(gateway: Gateway, condition: Condition | undefined): Finding {
	const behind = condition && isBehind(condition, gateway.generation);
	return finding(gatewayFindings.gatewayNotProgrammed, {
		undecided: true,
		message: behind
			? `The status of Gateway ${gateway.name} is about an older form of it, so whether it is served is not known.`
			: `No controller has said that Gateway ${gateway.name} is programmed, so whether it is served is not known.`,
		evidence: [
			condition
				? evidence(gateway, condition)
				: objectField({kind: 'Gateway', ...gateway}, 'status.conditions[Programmed]', 'absent'),
		],
		remedy: 'Wait a few seconds; if it stays, look at the log of the controller.',
		command: describe(gateway),
	});
}

/** Reason and message of a condition, as the end of a sentence. */
export function conditionText({reason, message}: Condition): string {
	return `${[reason, message && quoted(message)].filter(Boolean).join(': ') || 'no reason given'}.`;
}

function evidence(gateway: Gateway, condition: Condition): EvidenceField {
	const generation =
		condition.observedGeneration === undefined
			? ''
			: `, generation ${condition.observedGeneration} of ${gateway.generation}`;
	return objectField(
		{kind: 'Gateway', ...gateway},
		`status.conditions[${condition.type}]`,
		`${condition.status} (${condition.reason}${generation})`,
	);
}

export function describe({namespace, name}: Gateway): string {
	return kubectl({namespace}, 'describe', 'gateway', name);
}
