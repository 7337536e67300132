import type {Pod} from '../model/workloads/pod.ts';
import {isKnown, type Snapshot} from '../model/snapshot.ts';
import type {Workload} from '../model/workloads/workload.ts';
import {podsSelectedBy} from './workload-pods.ts';

/** The pod of a DaemonSet on a node, a ready one first; `unknown` where pods may not be read. */
export function daemonSetPodOn(
	snapshot: Snapshot,
	daemonSet: Workload,
	node: string,
): Pod | 'missing' | 'unknown' {
	const here = podsSelectedBy(snapshot, daemonSet).filter(({nodeName}) => nodeName === node);
	return (
		here.find(({ready}) => ready) ??
		here[0] ??
		(isKnown(snapshot.state('Pod', daemonSet.namespace)) ? 'missing' : 'unknown')
	);
}
