import {kubectl} from '../../../model/safe-text/command.ts';
import type {Gateway, GatewayClass} from '../../../model/routes/gateway.ts';
import {findCondition, type Condition} from '../../../model/meta.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import {recordByGatewayClass} from '../../../rules/controllers/records.ts';
import {accessFinding} from '../../access.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import {nearest} from '../../nearest.ts';
import {recognise} from '../recognise.ts';
import {gatewayFindings} from './catalogue.ts';
import {type KindedWorkload, allWorkloads} from '../../../rules/all-workloads.ts';

/** The class of a Gateway, where it exists, and what is wrong with it: KNET321 and KNET322. */
type ClassEvaluation = {readonly gatewayClass?: GatewayClass; readonly findings: readonly Finding[]};

export function evaluateClass(snapshot: Snapshot, gateway: Gateway): ClassEvaluation {
	const found = lookup(snapshot, 'GatewayClass', '', gateway.className);
	if ('unknown' in found) {
		const access = accessFinding('GatewayClass', undefined, found.unknown);
		return {findings: access ? [access] : []};
	}

	return 'missing' in found
		? {findings: [classMissing(snapshot, gateway)]}
		: {gatewayClass: found.found, findings: notAccepted(snapshot, found.found, gateway)};
}

function classMissing(snapshot: Snapshot, gateway: Gateway): Finding {
	const [near] = nearest(
		gateway.className,
		snapshot.list('GatewayClass').map(({name}) => name),
	);
	return finding(gatewayFindings.gatewayClassMissing, {
		message: `Gateway ${gateway.name} asks for the GatewayClass ${gateway.className}, which does not exist${near ? `; there is one named ${near}` : ''}.`,
		evidence: [objectField({kind: 'Gateway', ...gateway}, 'spec.gatewayClassName', gateway.className)],
		remedy: near
			? `Set spec.gatewayClassName to ${near}.`
			: `Install the controller that brings the GatewayClass ${gateway.className}, or name another one.`,
		command: 'kubectl get gatewayclass',
	});
}

/** The API server's own default is Unknown with reason Pending: no controller has taken the class (apis/v1 GatewayClassStatus). */
function notAccepted(snapshot: Snapshot, gatewayClass: GatewayClass, gateway: Gateway): readonly Finding[] {
	const {name, controllerName, conditions} = gatewayClass;
	const accepted = findCondition(conditions, 'Accepted');
	if (accepted?.status === 'True') {
		return [];
	}

	const isRefused = accepted?.status === 'False';
	if (!isRefused && isServedAllTheSame(controllerName, gateway)) {
		return [];
	}

	const mend = isRefused
		? {
				remedy: `Correct what the condition names: ${accepted.message || accepted.reason}`,
				command: kubectl({}, 'describe', 'gatewayclass', name),
			}
		: wayToAccept(snapshot, gatewayClass);
	const seen = accepted ? `${accepted.status} (${accepted.reason})` : 'absent';
	return [
		finding(gatewayFindings.gatewayClassNotAccepted, {
			...mend,
			message: messageOf(gatewayClass, accepted),
			undecided: accepted ? undefined : true,
			evidence: [objectField({kind: 'GatewayClass', name}, 'status.conditions[Accepted].status', seen)],
		}),
	];
}

function messageOf(gatewayClass: GatewayClass, accepted: Condition | undefined): string {
	const {name, controllerName} = gatewayClass;
	if (!accepted) {
		return `GatewayClass ${name} has no status, so whether ${controllerName} serves it is not known.`;
	}

	if (accepted.status === 'False') {
		return `GatewayClass ${name} is not accepted by ${controllerName}: ${accepted.reason}.`;
	}

	const annotation = missingAnnotation(gatewayClass);
	return annotation === undefined
		? `No controller named ${controllerName} has accepted GatewayClass ${name}.`
		: `GatewayClass ${name} is not accepted: it has no annotation ${annotation}.`;
}

/** The Gateway has a status of its own, which its controller wrote. */
function isServedAllTheSame(controllerName: string, gateway: Gateway): boolean {
	return (
		recordByGatewayClass(controllerName)?.gateway?.leavesClassPending === true &&
		findCondition(gateway.conditions, 'Accepted')?.status === 'True'
	);
}

/** An annotation that the controller wants to see on its classes. */
function missingAnnotation({controllerName, annotations}: GatewayClass): string | undefined {
	const name = recordByGatewayClass(controllerName)?.gateway?.classAnnotation?.(controllerName);
	return name === undefined || annotations[name] ? undefined : name;
}

/** A controller that runs need not be started: it has not taken the class, and its log says why. */
function wayToAccept(snapshot: Snapshot, gatewayClass: GatewayClass): Pick<Finding, 'remedy' | 'command'> {
	const {name, controllerName} = gatewayClass;
	const running = runningController(snapshot, controllerName);
	const describe = kubectl({}, 'describe', 'gatewayclass', name);
	if (!running) {
		return {
			remedy: `Check that the controller ${controllerName} runs: without it nothing serves the class.`,
			command: describe,
		};
	}

	const annotation = missingAnnotation(gatewayClass);
	const {kind, workload} = running;
	return annotation
		? {remedy: `Set annotation ${annotation}: "true" on the GatewayClass.`, command: describe}
		: {
				remedy: `Read the log of ${kind} ${workload.namespace}/${workload.name}: it runs, and has not accepted the class.`,
				command: kubectl(workload, 'logs', `${kind.toLowerCase()}/${workload.name}`, '--all-containers'),
			};
}

function runningController(snapshot: Snapshot, controllerName: string): KindedWorkload | undefined {
	const record = recordByGatewayClass(controllerName);
	return record
		? allWorkloads(snapshot).find(
				({workload}) => workload.readyReplicas > 0 && !workload.planned && recognise(workload) === record,
			)
		: undefined;
}
