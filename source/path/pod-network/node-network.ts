import {kubectl} from '../../model/safe-text/command.ts';
import {findCondition} from '../../model/meta.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {podNetworkFindings} from './catalogue.ts';
import type {Nodes} from './nodes.ts';

/** KNET651: the condition NetworkUnavailable. Pods of one node reach each other without routes. */
export function nodeNetwork(snapshot: Snapshot, {from, to}: Nodes): readonly Finding[] {
	return from === to
		? []
		: [from, to].flatMap((name) => (name === undefined ? [] : (unavailable(snapshot, name) ?? [])));
}

function unavailable(snapshot: Snapshot, name: string): Finding | undefined {
	const node = snapshot.get('Node', '', name);
	const condition = node && findCondition(node.conditions, 'NetworkUnavailable');
	return condition?.status === 'True'
		? finding(podNetworkFindings.nodeNetworkUnavailable, {
				message: `The network of node ${name} is not configured: ${condition.message || condition.reason}.`,
				evidence: [objectField({kind: 'Node', name}, 'status.conditions[NetworkUnavailable].status', 'True')],
				remedy: 'Look at the network plugin on the node and at the route controller of the cloud.',
				command: kubectl({}, 'describe', 'node', name),
			})
		: undefined;
}
