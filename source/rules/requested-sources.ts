import type {RequestedSource, Source} from '../model/request.ts';
import type {Snapshot} from '../model/snapshot.ts';
import {workloadPods} from './workload-pods.ts';

/** Nodes differ in kube-proxy and DNS cache, so each stands for itself; a large Deployment need not be walked from all. */
const maxSources = 5;

/** Where a request starts: of a workload, one pod on each of its nodes. */
export function sourcesOf(snapshot: Snapshot, from: RequestedSource): readonly Source[] {
	if (from.kind !== 'workload') {
		return [from];
	}

	const pods = workloadPods(snapshot, from);
	const onNodes = new Map(pods.toReversed().map((pod) => [pod.nodeName ?? '', pod]));
	return pods
		.filter((pod) => onNodes.get(pod.nodeName ?? '') === pod)
		.slice(0, maxSources)
		.map(({namespace, name}) => ({kind: 'pod', namespace, name}));
}
