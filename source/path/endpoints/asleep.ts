import {findCondition} from '../../model/meta.ts';
import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {Service} from '../../model/services/service.ts';
import type {ScaledObject} from '../../model/workloads/scaled-object.ts';
import type {NamedWorkload} from '../../rules/endpoint-slices/workloads.ts';
import {type Finding, finding, objectField} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {endpointsFindings} from './catalogue.ts';
import {replicasField} from './replicas-field.ts';

/**
KNET502, where KEDA holds the workload at zero until a trigger is active. A request to the Service is refused meanwhile, and wakes nothing:
only the interceptor of the HTTP add-on holds requests until a pod is there (keda.sh/http-add-on, Architecture).
*/
export function asleepByKeda(
	hopContext: HopContext,
	service: Service,
	{kind, workload}: NamedWorkload,
): Finding | undefined {
	const scaled = hopContext.snapshot
		.list('ScaledObject', service.namespace)
		.find(({target}) => target.kind === kind && target.name === workload.name);
	if (!scaled || !isAsleep(scaled)) {
		return undefined;
	}

	const isByRequests = scaled.triggers.some(({scalerAddress}) => isOfHttpAddOn(scalerAddress));
	const isSentHere = isByRequests && isAsked(hopContext);
	const [state, remedy] = isByRequests ? ofRequests(isSentHere) : ofTriggers(scaled);
	return finding(endpointsFindings.workloadScaledToZero, {
		severity: isByRequests && !isSentHere ? 'info' : undefined,
		undecided: !isByRequests || undefined,
		message: `KEDA keeps ${kind} ${workload.name} behind Service ${service.name} at 0: ${state}.`,
		evidence: [
			replicasField(kind, workload),
			objectField(refOf('ScaledObject', scaled), `spec.${scaled.idle.field}`, String(scaled.idle.replicas)),
		],
		remedy,
		command: kubectl(scaled, 'describe', 'scaledobject', scaled.name),
	});
}

/** Whether a request is really sent to the Service. Any node as client only says that nobody was named. */
function isAsked({request, client}: HopContext): boolean {
	return request !== undefined || client.kind !== 'node' || client.name !== undefined;
}

/** KEDA wakes nothing while it is not Ready or is paused (pkg/scaling/executor). While it is active there should be pods. */
function isAsleep({idle, conditions}: ScaledObject): boolean {
	const is = (type: string, status: string): boolean => findCondition(conditions, type)?.status === status;
	return idle.replicas === 0 && !is('Ready', 'False') && !is('Active', 'True') && !is('Paused', 'True');
}

/** `keda-add-ons-http-external-scaler.keda:9090`, as its chart names it. */
function isOfHttpAddOn(scalerAddress = ''): boolean {
	return scalerAddress.includes('http') && scalerAddress.includes('external-scaler');
}

function ofRequests(isSentHere: boolean): readonly [state: string, remedy: string] {
	return isSentHere
		? ['only requests to its interceptor wake it', 'Send requests to the interceptor of the HTTP add-on.']
		: ['requests to its interceptor wake it', 'Use the interceptor of the HTTP add-on.'];
}

function ofTriggers({triggers, idle}: ScaledObject): readonly [state: string, remedy: string] {
	const types = [...new Set(triggers.map(({type}) => type))].slice(0, 3).join(', ');
	return [
		`its triggers (${types}) wake it`,
		idle.field === 'idleReplicaCount'
			? 'Remove idleReplicaCount from the ScaledObject, if requests should always find a pod.'
			: 'Set minReplicaCount: 1 on the ScaledObject, if requests should always find a pod.',
	];
}
