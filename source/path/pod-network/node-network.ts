import {kubectl} from '../../model/safe-text/command.ts';
import {findCondition, type Condition} from '../../model/meta.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {podNetworkFindings} from './catalogue.ts';
import type {Nodes} from './nodes.ts';

/** A node whose network is not configured, and the condition that says so. */
export type WithoutNetwork = {readonly name: string; readonly condition: Condition};

/** By the condition NetworkUnavailable. */
export function withoutNetwork(snapshot: Snapshot, name: string): WithoutNetwork | undefined {
	const node = snapshot.get('Node', '', name);
	const condition = node && findCondition(node.conditions, 'NetworkUnavailable');
	return condition?.status === 'True' ? {name, condition} : undefined;
}

/**
Pods of one node reach each other without routes. `onHost`: which ends have the address of their node, which needs no route of the pod
network.
*/
export function nodesWithoutNetwork(
	snapshot: Snapshot,
	{from, to}: Nodes,
	onHost: {readonly from: boolean; readonly to: boolean},
): readonly WithoutNetwork[] {
	const onPodNetwork = [onHost.from ? undefined : from, onHost.to ? undefined : to];
	return from === to
		? []
		: onPodNetwork.flatMap((name) => (name === undefined ? [] : (withoutNetwork(snapshot, name) ?? [])));
}

/** KNET651. */
export function nodeNetwork({name, condition}: WithoutNetwork): Finding {
	return finding(podNetworkFindings.nodeNetworkUnavailable, {
		message: `The network of node ${name} is not configured: ${condition.message || condition.reason}.`,
		...shownBy(name, 'True'),
	});
}

/** KNET654: others of the endpoints of a Service are reached without it. */
export function someWithoutNetwork({name, condition}: WithoutNetwork, share: string): Finding {
	return finding(podNetworkFindings.someNodesWithoutNetwork, {
		message: `${share} may find no route: the network of node ${name} is not configured.`,
		...shownBy(name, `True (${condition.message || condition.reason})`),
	});
}

function shownBy(name: string, value: string): Pick<Finding, 'evidence' | 'remedy' | 'command'> {
	return {
		evidence: [objectField({kind: 'Node', name}, 'status.conditions[NetworkUnavailable].status', value)],
		remedy: 'Look at the network plugin on the node and at the route controller of the cloud.',
		command: kubectl({}, 'describe', 'node', name),
	};
}
