import {refOf} from '../../model/ref.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {count, instant, namesOf} from '../words.ts';
import {podFindings} from './catalogue.ts';
import {readyField} from './node-not-ready.ts';
import {type PodsView} from './pod-view.ts';

/** The node of a pod that is shutting down, where its kubelet does not answer: the pod stays until the node is back or is deleted. */
export function lostNodeOf({snapshot}: PodsView, {deletedAt, nodeName}: Pod): Node | undefined {
	const node = deletedAt === undefined || !nodeName ? undefined : snapshot.get('Node', '', nodeName);
	return node?.ready === false ? node : undefined;
}

/**
KNET709: a StatefulSet makes no second pod of a name while the first may still run (kubernetes.io, Force Delete StatefulSet Pods; Non-graceful
node shutdown). Other controllers have made another pod, which says for itself what it lacks.
*/
export function heldByLostNode(view: PodsView): readonly Finding[] {
	const held = view.pods.filter(({owner}) => owner?.kind === 'StatefulSet');
	return [...Map.groupBy(held, (pod) => lostNodeOf(view, pod))].flatMap(([node, pods]) =>
		node ? [heldBy(node, pods, view.isNoneServing)] : [],
	);
}

function heldBy(node: Node, pods: readonly Pod[], isNoneServing: boolean): Finding {
	return finding(podFindings.nodeNotReady, {
		severity: isNoneServing ? 'error' : undefined,
		message: `Node ${node.name} is not Ready: ${namesOf(pods.map(({name}) => name))} cannot end there, and no other pod takes the name.`,
		evidence: [
			readyField(node),
			...pods
				.slice(0, 3)
				.map((pod) =>
					objectField(refOf('Pod', pod), 'metadata.deletionTimestamp', instant(pod.deletedAt ?? 0)),
				),
		],
		remedy: `Bring the node back; if it is gone for good, delete its Node object: ${count(pods.length, 'pod')} will be made anew.`,
		command: kubectl({}, 'describe', 'node', node.name),
	});
}
