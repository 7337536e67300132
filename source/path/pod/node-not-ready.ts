import {kubectl} from '../../model/safe-text/command.ts';
import {findCondition} from '../../model/meta.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Node} from '../../model/workloads/node.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {podProblemOf} from './problem.ts';
import {podReadyField, type PodsView} from './pod-view.ts';
import {podFindings} from './catalogue.ts';

/** KNET709. An error when pods on the node are not Ready for no fault of their own, and no other serves. */
export function nodeNotReady(view: PodsView): readonly Finding[] {
	const lost = [...Map.groupBy(placesOf(view), ({node}) => node)].flatMap(([name, places]) => {
		const node = view.snapshot.get('Node', '', name);
		return node && !node.ready ? [lostNode(view, node, places)] : [];
	});
	return lost.length > reportedOneByOne ? [manyLost(lost)] : lost.map(oneLost);
}

/** More nodes than these are told in one finding: a lost zone is one event. */
const reportedOneByOne = 3;

type Lost = {
	readonly node: Node;
	/** Of endpoints and pods on it. */
	readonly names: readonly string[];
	/** Pods that only the node keeps from being Ready. */
	readonly held: readonly Pod[];
	readonly isCause: boolean;
};

function lostNode(view: PodsView, node: Node, places: readonly Place[]): Lost {
	const held = view.pods.filter(
		(pod) => pod.nodeName === node.name && podProblemOf(pod)?.type === 'unexplained',
	);
	const isCause = view.isNoneServing && (view.unread === true || held.length > 0);
	return {node, names: [...new Set(places.map(({name}) => name))], held, isCause};
}

function oneLost({node, names, held, isCause}: Lost): Finding {
	const ready = findCondition(node.conditions, 'Ready');
	const why = ready?.message || ready?.reason || 'no Ready condition';
	return finding(podFindings.nodeNotReady, {
		severity: isCause ? 'error' : undefined,
		message:
			`Node ${node.name} is not Ready and holds ${count(names.length, 'endpoint')} (${namesOf(names)}): ${why}`.replace(
				/\.*$/,
				'.',
			),
		evidence: [readyField(node), ...held.slice(0, 3).map(podReadyField)],
		remedy: 'Bring the node back, or drain it so that its pods are recreated elsewhere.',
		command: kubectl({}, 'describe', 'node', node.name),
	});
}

function manyLost(lost: readonly Lost[]): Finding {
	const nodes = lost.map(({node}) => node);
	return finding(podFindings.nodeNotReady, {
		severity: lost.some(({isCause}) => isCause) ? 'error' : undefined,
		message: `${count(nodes.length, 'node')} with endpoints are not Ready: ${namesOf(nodes.map(({name}) => name))}.`,
		evidence: nodes.slice(0, 5).map(readyField),
		remedy: 'Bring the nodes back, or drain them so that their pods are recreated elsewhere.',
		command: 'kubectl get nodes',
	});
}

export function readyField({name, conditions}: Node): EvidenceField {
	return objectField(
		{kind: 'Node', name},
		'status.conditions[Ready].status',
		findCondition(conditions, 'Ready')?.status ?? 'absent',
	);
}

type Place = {readonly node: string; readonly name: string};

function placesOf({endpoints, pods}: PodsView): readonly Place[] {
	return [
		...endpoints
			.filter(({terminating}) => !terminating)
			.flatMap(({node, pod, address}) => (node ? [{node, name: pod ?? address}] : [])),
		...pods.flatMap(({nodeName, name, deletedAt}) =>
			nodeName && deletedAt === undefined ? [{node: nodeName, name}] : [],
		),
	];
}
