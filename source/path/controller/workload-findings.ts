import {tunnelOf} from '../../rules/load-balancers/tunnel.ts';
import {stateOfSlices} from '../../rules/slices-state.ts';
import {showSlices} from '../endpoints/service-evidence.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {refOf} from '../../model/ref.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {readyFields} from '../endpoints/slice-fields.ts';
import {findCondition} from '../../model/meta.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../finding.ts';
import {labelsText, quoted} from '../words.ts';
import {isExternal, isOnHost} from './exposure.ts';
import {workloadRef} from './make.ts';
import {hasName} from './recognise.ts';
import type {Controller} from '../../rules/controllers/record/controller.ts';
import {controllerFindings} from './catalogue.ts';
import {allWorkloads} from '../../rules/all-workloads.ts';

/** KNET305: the pods that answer requests are not Ready. `effect`: what follows from it, after the state. */
export function notReady(controller: Controller, workload: Workload, effect = ''): readonly Finding[] {
	const {replicas, readyReplicas} = workload;
	const ref = controller.workload;
	if (!ref || (readyReplicas >= replicas && readyReplicas > 0)) {
		return [];
	}

	const fields =
		ref.kind === 'DaemonSet'
			? {ready: 'status.numberReady', wanted: 'status.desiredNumberScheduled'}
			: {ready: 'status.readyReplicas', wanted: 'spec.replicas'};
	const state = replicas === 0 ? 'is scaled to zero' : `has ${readyReplicas} of ${replicas} pods Ready`;
	// Of the first pod that no node fits (`didn't have free ports` of a second controller on the host's ports).
	const waiting = replicas === 0 ? undefined : controller.pods.map(schedulerSays).find(Boolean);
	return [
		finding(controllerFindings.controllerNotReady, {
			message: `${controller.implementation} (${ref.kind} ${ref.namespace}/${ref.name}) ${state}${effect}${waiting ? `: ${quoted(waiting)}` : ''}.`,
			evidence: [
				objectField(ref, fields.ready, String(readyReplicas)),
				objectField(ref, fields.wanted, String(replicas)),
				...unreadyPods(controller.pods),
			],
			remedy:
				replicas === 0
					? 'Scale it up.'
					: waiting
						? 'Free or add what the scheduler asks for.'
						: 'Look at its pods: they say why they are not Ready.',
			command:
				replicas === 0 && ref.kind !== 'DaemonSet'
					? kubectl(ref, 'scale', ref.kind.toLowerCase(), ref.name, '--replicas=1')
					: kubectl(ref, 'describe', 'pods', ...selectorOption(workload)),
			severity: readyReplicas === 0 ? 'error' : 'warning',
		}),
	];
}

/** Why no node fits the pod; undefined where it has one, or nothing was said. */
function schedulerSays({conditions}: Pod): string | undefined {
	const scheduled = findCondition(conditions, 'PodScheduled');
	return scheduled?.status === 'False' && scheduled.message !== '' ? scheduled.message : undefined;
}

/** Whose logs and events say more. */
function unreadyPods(pods: readonly Pod[]): Finding['evidence'] {
	return pods
		.filter(({ready, phase}) => !ready && phase !== 'Succeeded')
		.slice(0, 3)
		.map(whyUnready);
}

function whyUnready(pod: Pod): EvidenceField {
	const waiting = schedulerSays(pod);
	return waiting
		? objectField(refOf('Pod', pod), 'status.conditions[PodScheduled].message', waiting)
		: objectField(refOf('Pod', pod), 'status.conditions[Ready].status', 'False');
}

/** KNET305 for workloads beside it that take part in every answer (cilium-envoy). */
export function companionsNotReady(
	snapshot: Snapshot,
	controller: Controller,
	workload: Workload,
): readonly Finding[] {
	const {companions = []} = controller.record;
	return allWorkloads(snapshot)
		.filter((each) => each.workload !== workload && hasName(each.workload, companions))
		.flatMap((each) => notReady({...controller, workload: workloadRef(each), pods: []}, each.workload));
}

function selectorOption({selector}: Workload): readonly string[] {
	const pairs = Object.entries(selector.matchLabels).map(([key, value]) => `${key}=${value}`);
	return pairs.length > 0 ? ['-l', pairs.join(',')] : [];
}

/** KNET306: of the Services that lead in from outside, none has a ready endpoint. */
export function withoutEndpoints(
	snapshot: Snapshot,
	{services, implementation}: Controller,
	workload: Workload,
): readonly Finding[] {
	// A Service without a selector has endpoints of its controller's making (Cilium).
	const external = services.filter((service) => isExternal(service) && service.selector);
	const [first] = external;
	if (!first || workload.readyReplicas === 0 || external.some((service) => mayLead(snapshot, service))) {
		return [];
	}

	const {namespace, name} = first;
	return [
		finding(controllerFindings.controllerServiceHasNoEndpoints, {
			message: `Service ${namespace}/${name} in front of ${implementation} has no ready endpoint: clients are refused.`,
			evidence: [
				objectField(refOf('Service', first), 'spec.selector', labelsText(first.selector ?? {})),
				...readyFields(snapshot, first),
			],
			remedy: 'Compare its selector and target ports with the labels and ports of the controller pods.',
			command: showSlices(first),
		}),
	];
}

function mayLead(snapshot: Snapshot, service: Service): boolean {
	return (
		!isKnown(stateOfSlices(snapshot, service)) ||
		snapshot
			.slicesOf(service.namespace, service.name)
			.some(({endpoints, ports}) => ports.length > 0 && endpoints.some(({ready}) => ready))
	);
}

/** KNET307: nothing leads in from outside. */
export function notExposed(
	snapshot: Snapshot,
	controller: Controller,
	workload: Workload,
): readonly Finding[] {
	const isKnownHere = isKnown(snapshot.state('Service', workload.namespace));
	if (!controller.workload || !isKnownHere || controller.services.some(isExternal) || isOnHost(workload)) {
		return [];
	}

	const inner = controller.services[0];
	const tunnel = tunnelOf(snapshot);
	return [
		finding(controllerFindings.controllerNotExposed, {
			// Manifests of one part of a cluster say little of the others.
			severity: tunnel || workload.planned ? 'info' : undefined,
			message: tunnel
				? `No Service leads from outside to ${controller.implementation} in ${workload.namespace}: tunnel ${tunnel.namespace}/${tunnel.name} may.`
				: `No LoadBalancer, NodePort, hostPort or host network leads to ${controller.implementation} in ${workload.namespace}.`,
			evidence: [
				objectField(controller.workload, 'spec.template.spec.hostNetwork', 'absent'),
				inner
					? objectField(refOf('Service', inner), 'spec.type', inner.type)
					: objectField(
							{kind: 'Service', namespace: workload.namespace, name: '*'},
							'spec.selector',
							'none selects its pods',
						),
			],
			remedy:
				'Expose it with a Service of type LoadBalancer or NodePort, unless a tunnel or another proxy leads to it.',
			command: kubectl(workload, 'get', 'services', '-o', 'wide'),
		}),
	];
}
