import {kubectl} from '../../model/safe-text/command.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {type Finding, finding} from '../finding.ts';
import {podFindings} from './catalogue.ts';
import {readyField} from './node-not-ready.ts';
import {podNames, podReadyField, readinessSeverity, worstSeverity, type PodsView} from './pod-view.ts';
import {podProblemOf} from './problem.ts';

/**
KNET709, where the pods bear the mark of a node that was not heard, and the node is not known or is Ready again: the kubelet
posts the node first, and its pods after that.
*/
export function markedNotReady(view: PodsView): readonly Finding[] {
	const marked = view.pods.filter((pod) => {
		const problem = podProblemOf(pod);
		return problem?.type === 'unexplained' && problem.isMarked;
	});
	return [...Map.groupBy(marked, ({nodeName = ''}) => nodeName)].flatMap(([name, pods]) => {
		const node = view.snapshot.get('Node', '', name);
		return node && !node.ready ? [] : [ofNode(view, {name, node, pods})];
	});
}

type Marked = {readonly name: string; readonly node: Node | undefined; readonly pods: readonly Pod[]};

function ofNode(view: PodsView, {name, node, pods}: Marked): Finding {
	const marked = `${podNames(pods)} ${pods.length === 1 ? 'is' : 'are'} marked not Ready with ready containers`;
	return finding(podFindings.nodeNotReady, {
		severity: worstSeverity(pods.map((pod) => readinessSeverity(view, pod))),
		message: node
			? `${marked}: node ${name} was not heard and is Ready again.`
			: `${marked}, as on a node that is not heard (${name}).`,
		evidence: [...pods.slice(0, 3).map(podReadyField), ...(node ? [readyField(node)] : [])],
		remedy: node
			? 'Wait until its kubelet reports the pods again; if it does not, look at the kubelet.'
			: 'See whether the node is Ready, and bring it back.',
		command: kubectl({}, 'describe', 'node', name),
	});
}
