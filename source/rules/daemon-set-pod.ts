import {matchesSelector} from '../model/label-selector.ts';
import type {Pod} from '../model/pod.ts';
import {isKnown, type Snapshot} from '../model/snapshot.ts';
import type {Workload} from '../model/workload.ts';

/** The pod of a DaemonSet on a node, a ready one first; `unknown` where pods may not be read. */
export function daemonSetPodOn(
	snapshot: Snapshot,
	{namespace, selector}: Workload,
	node: string,
): Pod | 'missing' | 'unknown' {
	const [[key, value] = []] = Object.entries(selector.matchLabels);
	const pods = key === undefined || value === undefined ? [] : snapshot.podsLabelled(namespace, key, value);
	const here = pods.filter(({nodeName, labels}) => nodeName === node && matchesSelector(selector, labels));
	return (
		here.find(({ready}) => ready) ??
		here[0] ??
		(isKnown(snapshot.state('Pod', namespace)) ? 'missing' : 'unknown')
	);
}
