import {kubectl} from '../../model/safe-text/command.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf} from '../../model/ref.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {hasEnded} from '../../rules/endpoint-slices/membership.ts';
import {finding, objectField, type Finding} from '../finding.ts';
import type {HopEvaluation} from '../hop-evaluator.ts';
import {statusOf} from '../hop-status.ts';
import {loadBalancerFindings} from './catalogue.ts';

/** 219: a request for a port of a node that no Service has. Source: core/v1 ContainerPort.hostPort, PodSpec.hostNetwork. */
export function nothingAtNode(
	snapshot: Snapshot,
	node: Node,
	{address, port}: {readonly address: string; readonly port: number},
): HopEvaluation<'load-balancer'> {
	const found = atNode(snapshot, node, {address, port});
	const status = statusOf([found]);
	return {
		hop: {
			kind: 'load-balancer',
			status,
			basis: 'objects',
			subject: refOf('Node', node),
			summary:
				status === 'broken' ? `nothing on port ${port} of ${node.name}` : `port ${port} of ${node.name}`,
			findings: [found],
		},
		stop: status === 'broken' ? 'refused' : undefined,
	};
}

function atNode(
	snapshot: Snapshot,
	node: Node,
	{address, port}: {readonly address: string; readonly port: number},
): Finding {
	const isRead = isKnown(snapshot.state('Pod'));
	const taker = isRead ? podWithPort(snapshot, node, port) : undefined;
	return finding(loadBalancerFindings.nothingAtNodePort, {
		undecided: isRead && !taker ? undefined : true,
		message: taker
			? `Pod ${taker.namespace}/${taker.name} has port ${port} of node ${node.name}; what it does with the request is not followed.`
			: isRead
				? `No pod on node ${node.name} has port ${port} there: neither by hostPort nor on the host network.`
				: `Whether a pod on node ${node.name} has port ${port} there is not known: Pods are not read.`,
		evidence: [
			objectField(refOf('Node', node), 'status.addresses', address),
			...(taker ? [objectField(refOf('Pod', taker), 'spec.nodeName', node.name)] : []),
		],
		remedy:
			'Ask an address of the controller or its node port, or run its pods on this node with hostPort or hostNetwork.',
		command: kubectl({}, 'get', 'pods', '-A', '-o', 'wide', '--field-selector', `spec.nodeName=${node.name}`),
	});
}

function podWithPort(snapshot: Snapshot, {name}: Node, port: number): Pod | undefined {
	return snapshot
		.list('Pod')
		.filter((pod) => pod.nodeName === name && !hasEnded(pod))
		.find((pod) => takesPort(pod, port) === 'yes');
}

/** Whether a pod has a port of its node. `perhaps`: it is on the host network and does not say which ports it has there. */
export function takesPort(
	{hostNetwork, containers, initContainers}: Pod,
	port: number,
): 'yes' | 'perhaps' | 'no' {
	const ports = [...containers, ...initContainers].flatMap((container) => container.ports);
	const isDeclared = ports.some(
		({hostPort, containerPort}) => hostPort === port || (hostNetwork && containerPort === port),
	);
	return isDeclared ? 'yes' : hostNetwork && ports.length === 0 ? 'perhaps' : 'no';
}
