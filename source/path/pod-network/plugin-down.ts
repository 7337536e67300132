import {kubectl} from '../../model/safe-text/command.ts';
import {wantsNode} from '../../model/matching/placement.ts';
import {refOf} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {daemonSetPodOn} from '../../rules/daemon-set-pod.ts';
import type {Enforcer} from '../../rules/network-policy/enforcer.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {podNetworkFindings} from './catalogue.ts';
import type {Nodes} from './nodes.ts';

/** KNET652: the plugin's own pod on the node of the client, or of the pod. */
export function pluginDown(
	snapshot: Snapshot,
	{nodes: {from, to}, enforcer: {name, daemonSet}}: {readonly nodes: Nodes; readonly enforcer: Enforcer},
): readonly Finding[] {
	return daemonSet === undefined
		? []
		: [...new Set([from, to])].flatMap((node) =>
				node === undefined ? [] : (down(snapshot, daemonSet, {name, node}) ?? []),
			);
}

function down(
	snapshot: Snapshot,
	daemonSet: Workload,
	{name, node}: {readonly name: string; readonly node: string},
): Finding | undefined {
	const found = snapshot.get('Node', '', node);
	const pod = daemonSetPodOn(snapshot, daemonSet, node);
	const isWanted =
		found !== undefined && daemonSet.placement !== undefined && wantsNode(daemonSet.placement, found);
	if (pod === 'unknown' || (pod === 'missing' ? !isWanted : pod.ready)) {
		return undefined;
	}

	const {namespace} = daemonSet;
	return finding(podNetworkFindings.networkPluginDown, {
		message: `${name} is not ready on node ${node}: routes that it made there grow old.`,
		evidence: [
			pod === 'missing'
				? objectField(refOf('DaemonSet', daemonSet), 'spec.template', `no pod on ${node}`)
				: objectField(refOf('Pod', pod), 'status.conditions[Ready].status', 'False'),
		],
		remedy: `Look at the pod of DaemonSet ${daemonSet.name} on that node.`,
		command:
			pod === 'missing'
				? kubectl({namespace}, 'describe', 'daemonset', daemonSet.name)
				: kubectl({namespace}, 'logs', pod.name, '--all-containers'),
	});
}
