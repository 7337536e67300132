import {computeTypeLabel, type Node} from '../../../model/workloads/node.ts';
import type {Snapshot} from '../../../model/snapshot.ts';

/**
A node whose own CoreDNS answers its pods: EKS Auto Mode runs it as a service of the node, without pods and without a Service kube-dns
(EKS user guide, Networking in EKS Auto Mode; aws/containers-roadmap#2546). Without a node given, all nodes have to be so.
*/
export function nodeWithOwnDns(snapshot: Snapshot, name?: string): Node | undefined {
	if (name !== undefined) {
		const node = snapshot.get('Node', '', name);
		return node && isAuto(node) ? node : undefined;
	}

	const nodes = snapshot.list('Node');
	return nodes.every(isAuto) ? nodes[0] : undefined;
}

function isAuto({labels}: Node): boolean {
	return labels[computeTypeLabel] === 'auto';
}
