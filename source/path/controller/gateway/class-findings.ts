import {kubectl} from '../../../model/command.ts';
import type {Gateway, GatewayClass} from '../../../model/gateway.ts';
import {findCondition} from '../../../model/meta.ts';
import {refText} from '../../../model/ref.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import {recordByGatewayClass} from '../../../rules/controllers/records.ts';
import {accessFinding} from '../../access.ts';
import {type Finding, finding} from '../../finding.ts';
import {nearest} from '../../nearest.ts';
import {gatewayFindings} from './catalogue.ts';

/** The class of a Gateway, where it exists, and what is wrong with it: KNET321 and KNET322. */
export type ClassEvaluation = {readonly gatewayClass?: GatewayClass; readonly findings: readonly Finding[]};

export function evaluateClass(snapshot: Snapshot, gateway: Gateway): ClassEvaluation {
	const found = lookup(snapshot, 'GatewayClass', '', gateway.className);
	if ('unknown' in found) {
		const access = accessFinding('GatewayClass', undefined, found.unknown);
		return {findings: access ? [access] : []};
	}

	return 'missing' in found
		? {findings: [classMissing(snapshot, gateway)]}
		: {gatewayClass: found.found, findings: notAccepted(found.found, gateway)};
}

function classMissing(snapshot: Snapshot, gateway: Gateway): Finding {
	const [near] = nearest(
		gateway.className,
		snapshot.list('GatewayClass').map(({name}) => name),
	);
	return finding(gatewayFindings.gatewayClassMissing, {
		message: `Gateway ${gateway.name} asks for the GatewayClass ${gateway.className}, which does not exist${near ? `; there is one named ${near}` : ''}.`,
		evidence: [
			{
				object: refText({kind: 'Gateway', ...gateway}),
				path: 'spec.gatewayClassName',
				value: gateway.className,
			},
		],
		remedy: near
			? `Set spec.gatewayClassName to ${near}.`
			: `Install the controller that brings the GatewayClass ${gateway.className}, or name another one.`,
		command: 'kubectl get gatewayclass',
	});
}

/** The API server's own default is Unknown with reason Pending: no controller has taken the class (apis/v1 GatewayClassStatus). */
function notAccepted(gatewayClass: GatewayClass, gateway: Gateway): readonly Finding[] {
	const {name, controllerName, conditions} = gatewayClass;
	const accepted = findCondition(conditions, 'Accepted');
	if (accepted?.status === 'True') {
		return [];
	}

	// The Gateway has a status of its own, which its controller wrote.
	const isPending =
		accepted?.status !== 'False' &&
		recordByGatewayClass(controllerName)?.gateway?.leavesClassPending === true &&
		findCondition(gateway.conditions, 'Accepted')?.status === 'True';
	if (isPending) {
		return [];
	}

	const common = {
		remedy:
			accepted?.status === 'False'
				? `Correct what the condition names: ${accepted.message || accepted.reason}`
				: `Start the controller ${controllerName}; without it nothing serves the class.`,
		command: kubectl({}, 'describe', 'gatewayclass', name),
		evidence: [
			{
				object: refText({kind: 'GatewayClass', name}),
				path: 'status.conditions[Accepted].status',
				value: accepted ? `${accepted.status} (${accepted.reason})` : 'absent',
			},
		],
	};
	return [
		accepted
			? finding(gatewayFindings.gatewayClassNotAccepted, {
					...common,
					message:
						accepted.status === 'False'
							? `GatewayClass ${name} is not accepted by ${controllerName}: ${accepted.reason}.`
							: `No controller named ${controllerName} has accepted the GatewayClass ${name}.`,
				})
			: finding(gatewayFindings.gatewayClassNotAccepted, {
					...common,
					undecided: true,
					message: `GatewayClass ${name} has no status, so whether ${controllerName} serves it is not known.`,
				}),
	];
}
