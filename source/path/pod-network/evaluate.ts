import type {Pod} from '../../model/workloads/pod.ts';
import {enforcerOf, type Enforcer} from '../../rules/network-policy/enforcer.ts';
import type {StopReason} from '../../rules/stop.ts';
import type {PodNetworkDetails} from '../details.ts';
import type {Finding} from '../finding.ts';
import type {HopContext, HopEvaluation, HopEvaluator} from '../hop-evaluator.ts';
import {statusOf} from '../hop-status.ts';
import type {HopStatus} from '../hop.ts';
import {noCommonFamily} from './no-common-family.ts';
import type {Nodes} from './nodes.ts';
import {nodeNetwork, nodesWithoutNetwork} from './node-network.ts';
import {pluginDown} from './plugin-down.ts';

/** From the client to a pod by the pod's own address. */
type PodNetworkInput = {readonly from?: Pod; readonly to: Pod};

/**
The flat network: every pod reaches every pod of every node without translation (docs, The Kubernetes network model). Nothing shows its
routes; what is judged is what says that they may be missing.
*/
export const podNetworkEvaluator: HopEvaluator<'pod-network', PodNetworkInput> = {
	kind: 'pod-network',
	evaluate(hopContext, input) {
		const isOutside = hopContext.source.kind === 'external';
		if (isOutside && !input.to.hostNetwork) {
			return hopOf({status: 'unknown', summary: "pods' addresses are not known to be reached from outside"});
		}

		const nodes = nodesOf(hopContext, input);
		const onHost = {from: input.from?.hostNetwork ?? true, to: input.to.hostNetwork};
		const enforcer = enforcerOf(hopContext.snapshot, hopContext.snapshot.version);
		const family = noCommonFamily(input);
		const findings = family
			? [family]
			: [
					...nodesWithoutNetwork(hopContext.snapshot, nodes, onHost).map(nodeNetwork),
					...pluginDown(hopContext.snapshot, {nodes, enforcer}),
				];
		return hopOf({
			status: statusOf(findings),
			// A pod on the network of its node has the address of the node.
			summary: isOutside ? `at the address of node ${nodes.to ?? ''}` : summaryOf(enforcer, nodes),
			findings,
			details: {plugin: pluginName(enforcer), fromNode: nodes.from, toNode: nodes.to},
			stop: family && 'unreachable',
		});
	},
};

function nodesOf({source}: HopContext, {from, to}: PodNetworkInput): Nodes {
	return {from: from?.nodeName ?? (source.kind === 'node' ? source.name : undefined), to: to.nodeName};
}

/** Without evidence nothing is named. */
function pluginName({name, evidence}: Enforcer): string | undefined {
	return evidence.length > 0 ? name : undefined;
}

function summaryOf(enforcer: Enforcer, {from = 'any node', to = 'no node'}: Nodes): string {
	const place = from === to ? `within ${to}` : `${from} → ${to}`;
	return `${pluginName(enforcer) ?? 'network plugin not known'}: ${place}`;
}

function hopOf({
	status,
	summary,
	findings = [],
	details,
	stop,
}: {
	readonly status: HopStatus;
	readonly summary: string;
	readonly findings?: readonly Finding[];
	readonly details?: PodNetworkDetails;
	readonly stop?: StopReason;
}): HopEvaluation<'pod-network'> {
	return {hop: {kind: 'pod-network', status, basis: 'objects', summary, findings, details}, stop};
}
