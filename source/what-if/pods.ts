import type {Container, Pod} from '../model/workloads/pod.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Workload} from '../model/workloads/workload.ts';
import {workloadPods} from '../rules/workload-pods.ts';
import type {ScalableKind} from './edit.ts';

/** A workload with its kind, which the model object does not carry. */
export type Named = {readonly kind: ScalableKind | 'DaemonSet'; readonly workload: Workload};

/** The pods of a workload. */
export function podsOf(snapshot: Snapshot, {kind, workload}: Named): readonly Pod[] {
	const {namespace, name} = workload;
	return workloadPods(snapshot, {workload: kind, namespace, name});
}

/** Pods that go when there are too many: those that serve least, then the newest (controller_utils.go ActivePodsWithRanks). */
export function scaledDown(pods: readonly Pod[], replicas: number): readonly Pod[] {
	return pods
		.toSorted((a, b) => Number(b.ready) - Number(a.ready) || (a.createdAt ?? 0) - (b.createdAt ?? 0))
		.slice(replicas);
}

/** Pods that come: as ready as the ones that are there, or ready where there is none. */
export function scaledUp(
	{kind, workload}: Named,
	{
		pods,
		count,
		node,
	}: {readonly pods: readonly Pod[]; readonly count: number; readonly node: string | undefined},
): readonly Pod[] {
	const model = pods.find(({ready}) => ready) ?? pods[0] ?? podFromTemplate({kind, workload}, node);
	return Array.from({length: count}, (_, at) => ({
		...model,
		name: `${workload.name}-what-if-${at + 1}`,
		uid: '',
		// 192.0.2.0/24: addresses of documentation (RFC 5737), which no pod has.
		podIPs: [`192.0.2.${(at % 254) + 1}`],
		deletedAt: undefined,
	}));
}

function podFromTemplate({kind, workload}: Named, node: string | undefined): Pod {
	const {namespace, templateLabels, containers, hostNetwork, name, uid} = workload;
	const isDeployment = kind === 'Deployment';
	return {
		namespace,
		name,
		uid: '',
		resourceVersion: '',
		generation: 0,
		labels: isDeployment ? {...templateLabels, 'pod-template-hash': 'what-if'} : templateLabels,
		annotations: {},
		owner: isDeployment ? {kind: 'ReplicaSet', name: `${name}-what-if`, uid: ''} : {kind, name, uid},
		nodeName: node,
		phase: 'Running',
		podIPs: [],
		hostNetwork,
		dnsPolicy: 'ClusterFirst',
		containers: containers.map(running),
		initContainers: [],
		readinessGates: [],
		conditions: [{type: 'Ready', status: 'True', reason: '', message: ''}],
		ready: true,
		restarts: 0,
	};
}

/** A pod of a manifest that is applied now. `number`: pods that were made so before; 203.0.113.0/24 is for documentation, too. */
export function started(pod: Pod, number: number): Pod {
	return {
		...pod,
		phase: 'Running',
		podIPs: [`203.0.113.${(number % 254) + 1}`],
		containers: pod.containers.map(running),
		conditions: [{type: 'Ready', status: 'True', reason: '', message: ''}],
		ready: true,
	};
}

function running(container: Container): Container {
	return {...container, state: {type: 'running'}, ready: true, restarts: 0};
}

/** A pod of a workload after its template has changed: with its labels and containers, as ready as before. */
export function rolledOut(pod: Pod, {templateLabels, containers}: Workload): Pod {
	const hash = pod.labels['pod-template-hash'];
	return {
		...pod,
		labels: hash === undefined ? templateLabels : {...templateLabels, 'pod-template-hash': hash},
		containers: containers.map((container) => {
			const old = pod.containers.find(({name}) => name === container.name);
			return old
				? {...container, state: old.state, ready: old.ready, restarts: old.restarts}
				: running(container);
		}),
	};
}
