import type {Node} from '../../model/workloads/node.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {rememberRead} from '../memoize.ts';
import {type Plugin, type DeniesUnselected, known} from './known-plugins.ts';

/** Whether anybody enforces NetworkPolicies, and what shows it. */
export type Enforcer = {
	/** Absent: not known. */
	readonly enforces?: boolean;
	readonly plugin: Plugin;
	/** What it denies is refused at once. Absent: packets are dropped, and the client waits. */
	readonly rejects?: true;
	/** It reads AdminNetworkPolicy and BaselineAdminNetworkPolicy, too. Absent: not known. */
	readonly readsAdmin?: boolean;
	/** It reads ClusterNetworkPolicy, too. Absent: not known. */
	readonly readsCluster?: boolean;
	/** Pods that no policy selects are cut off, and where it says so. */
	readonly deniesUnselected?: DeniesUnselected;
	/** The longest prefix that holds an address decides alone; those of `except` count as well. */
	readonly longestPrefixDecides?: boolean;
	/** For people: `Calico`, `flannel`. */
	readonly name: string;
	readonly evidence: readonly {readonly object: string; readonly path: string; readonly value: string}[];
	/** Whose pods do it; absent where a node does it by itself. */
	readonly daemonSet?: Workload;
};

const nobodyKnown: Enforcer = {plugin: 'other', name: 'the network plugin', evidence: []};

/** The first that enforces counts; of those that do not, they prove something only where no other was found. */
export const enforcerOf = rememberRead((snapshot: Snapshot, _version: object): Enforcer => {
	const daemonSets = snapshot.list('DaemonSet').filter(({replicas}) => replicas > 0);
	const nodes = snapshot.list('Node');
	const found = [
		...daemonSets.flatMap((daemonSet) => ofDaemonSet(snapshot, daemonSet) ?? []),
		...(ofRancher(nodes) ?? []),
	];
	const all = found.filter(({enforces}) => enforces);
	// Beside a cloud's plugin another may be chained, which has policies of its own.
	const enforcing = all.find(({plugin}) => plugin !== 'other') ?? all[0];
	const [open] = found.filter(({enforces}) => enforces === undefined);
	const isWhole = isKnown(snapshot.state('DaemonSet'));
	return enforcing ?? open ?? (isWhole ? (found[0] ?? ofGke(nodes)) : undefined) ?? nobodyKnown;
});

function ofDaemonSet(snapshot: Snapshot, daemonSet: Workload): Enforcer | undefined {
	const {namespace, name, containers} = daemonSet;
	const found = known.find(
		(each) =>
			each.daemonSets.includes(name) ||
			(each.container !== undefined && containers.some((container) => container.name === each.container)),
	);
	return (
		found && {
			enforces: found.enforces ? found.enforces(daemonSet, snapshot) : true,
			plugin: found.plugin ?? 'other',
			readsAdmin: found.readsAdmin?.(daemonSet, snapshot),
			readsCluster: found.readsCluster?.(daemonSet),
			longestPrefixDecides: found.longestPrefixDecides,
			rejects: found.rejects?.(snapshot),
			deniesUnselected: found.deniesUnselected?.(daemonSet, snapshot),
			name: found.name,
			daemonSet,
			evidence: [
				{
					object: `DaemonSet/${namespace}/${name}`,
					path: 'spec.template.spec.containers[].image',
					value: containers[0]?.image ?? '',
				},
			],
		}
	);
}

/** k3s brings kube-router's controller in its own process, unless a server was started without it (docs.k3s.io, networking). */
function ofRancher(nodes: readonly Node[]): readonly Enforcer[] | undefined {
	const [node] = nodes.filter(({kubeletVersion}) => kubeletVersion?.includes('+k3s'));
	const servers = nodes.filter(({nodeArgs}) => nodeArgs !== undefined);
	const without = servers.find(({nodeArgs = []}) =>
		nodeArgs.some((word) => /^--disable-network-policy(?:=(?:true)?)?$/u.test(word)),
	);
	return (
		node && [
			{
				enforces: without ? false : servers.length > 0 ? true : undefined,
				plugin: 'other',
				rejects: true,
				name: 'k3s',
				evidence: [
					without
						? {
								object: `Node/${without.name}`,
								path: 'metadata.annotations[k3s.io/node-args]',
								value: '--disable-network-policy',
							}
						: versionField(node),
				],
			},
		]
	);
}

/** GKE enforces with Calico or with Dataplane V2, which have DaemonSets; without both nobody does. */
function ofGke(nodes: readonly Node[]): Enforcer | undefined {
	const node = nodes.find(({kubeletVersion}) => kubeletVersion?.includes('-gke.'));
	return (
		node && {
			enforces: false,
			plugin: 'other',
			name: 'GKE without network policy',
			evidence: [versionField(node)],
		}
	);
}

function versionField({name, kubeletVersion = ''}: Node): Enforcer['evidence'][number] {
	return {object: `Node/${name}`, path: 'status.nodeInfo.kubeletVersion', value: kubeletVersion};
}
