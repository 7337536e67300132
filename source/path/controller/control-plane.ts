import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import type {Controller, ControlPlane} from '../../rules/controllers/record/controller.ts';
import {gatewayNameLabel} from '../../rules/controllers/record/gateway-profile.ts';
import type {ControllerRecord} from '../../rules/controllers/record/record.ts';
import type {Finding} from '../finding.ts';
import {workloadRef} from './make.ts';
import {hasName, isImageOf, recognise} from './recognise.ts';
import {notReady} from './workload-findings.ts';
import {allWorkloads} from '../../rules/all-workloads.ts';

/**
The workload that gives a data plane its rules, where that is another one; of several the one with most Ready pods. A controller
that takes the requests itself has none, whatever others of its kind run in the cluster.
*/
export function controlPlaneOf(
	snapshot: Snapshot,
	record: ControllerRecord,
	frontend: Workload | undefined,
): ControlPlane | undefined {
	if (frontend && isControlPlane(frontend, record)) {
		return undefined;
	}

	const [found] = allWorkloads(snapshot)
		.filter(({workload}) => isControlPlane(workload, record))
		.toSorted(({workload: a}, {workload: b}) => b.readyReplicas - a.readyReplicas);
	return found && {ref: workloadRef(found), workload: found.workload};
}

/** Its image also runs as a helper beside the proxies of its Gateways. */
function isControlPlane(workload: Workload, record: ControllerRecord): boolean {
	const {containers, templateLabels} = workload;
	const labels = record.gateway?.gatewayLabels ?? [gatewayNameLabel];
	return (
		recognise(workload) === record &&
		!labels.some((label) => templateLabels[label] !== undefined) &&
		(isImageOf(containers[0]?.image ?? '', record.images) || hasName(workload, record.names))
	);
}

/** Nobody tells the data plane what changes: its control plane has no Ready pod. */
export function isUntold({controlPlane}: Controller): boolean {
	return controlPlane !== undefined && controlPlane.workload.readyReplicas === 0;
}

/**
KNET305 where the proxies run and the control plane does not: they still serve what they were told before. It is an info where pods
are only not Ready, since a restart or a lost lease ends by itself, and a warning where the control plane is scaled to 0.
*/
export function controlPlaneNotReady(controller: Controller): readonly Finding[] {
	const {controlPlane} = controller;
	return controlPlane && isUntold(controller)
		? notReady(
				{...controller, workload: controlPlane.ref, pods: []},
				controlPlane.workload,
				': its proxies learn of no change',
			).map((each) => ({
				...each,
				severity: controlPlane.workload.replicas === 0 ? 'warning' : 'info',
			}))
		: [];
}
