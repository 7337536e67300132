import {flagOf} from '../flag-of.ts';
import type {Node} from '../../model/workloads/node.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {rememberRead} from '../memoize.ts';

/** Network plugins that differ in what they take a sender for. `other`: nothing more is known than that it enforces. */
export type Plugin = 'Calico' | 'Cilium' | 'Antrea' | 'other';

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

export type DeniesUnselected = {
	/** `direction`: a pod needs a policy for each direction. Else one of either opens both. */
	readonly by: 'pod' | 'direction';
	readonly object: ObjectRef;
	readonly path: string;
	readonly value: string;
	/** What it would be set to. */
	readonly otherwise: string;
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

/** How a DaemonSet is recognised: by its name, or by the name of one of its containers (RKE2 has `rke2-canal`). */
type Known = {
	readonly name: string;
	readonly plugin?: Plugin;
	readonly daemonSets: readonly string[];
	readonly container?: string;
	/** Absent: it always does. Undefined: not known. */
	readonly enforces?: (daemonSet: Workload, snapshot: Snapshot) => boolean | undefined;
	readonly readsAdmin?: (daemonSet: Workload, snapshot: Snapshot) => boolean | undefined;
	readonly readsCluster?: (daemonSet: Workload) => boolean | undefined;
	readonly longestPrefixDecides?: boolean;
	readonly rejects?: (snapshot: Snapshot) => true | undefined;
	readonly deniesUnselected?: (daemonSet: Workload, snapshot: Snapshot) => DeniesUnselected | undefined;
};

// Documentation of each project; field-rules, policy-enforced.
const known: readonly Known[] = [
	{
		name: 'Calico',
		plugin: 'Calico',
		daemonSets: ['calico-node', 'canal'],
		container: 'calico-node',
		// Release notes of 3.29 and 3.30.
		readsAdmin: ({containers}) =>
			containers.some(({image}) => /:v(?:3\.(?:[3-9]\d)|[4-9]\.)/u.test(image)) || undefined,
		// Felix, iptablesFilterDenyAction: its eBPF programs always drop.
		rejects: (snapshot) =>
			snapshot
				.list('FelixConfiguration')
				.some(({name, rejects, bpfEnabled}) => name === 'default' && rejects && !bpfEnabled) || undefined,
	},
	{
		name: 'Cilium',
		plugin: 'Cilium',
		daemonSets: ['cilium', 'anetd'],
		container: 'cilium-agent',
		enforces: (_daemonSet, snapshot) => ciliumEnforces(snapshot),
		deniesUnselected: (_daemonSet, snapshot) => ciliumAlways(snapshot),
	},
	{
		name: 'OVN-Kubernetes',
		daemonSets: ['ovnkube-node'],
		container: 'ovnkube-controller',
		readsAdmin: () => true,
	},
	{name: 'OpenShift SDN', daemonSets: ['sdn']},
	{name: 'Antrea', plugin: 'Antrea', daemonSets: ['antrea-agent'], container: 'antrea-agent'},
	{
		name: 'kube-router',
		daemonSets: ['kube-router'],
		// Its default is true (docs/user-guide.md).
		enforces: ({containers}) => flagOf(containers, 'run-firewall') !== 'false',
		// Its chain of a pod ends with REJECT (kube-router, pkg/controllers/netpol/pod.go).
		rejects: () => true,
	},
	{
		name: 'Kube-OVN',
		daemonSets: ['kube-ovn-cni'],
		// kubeovn/kube-ovn, pkg/controller/config.go: --enable-np is true by default, --enable-anp false.
		enforces: (_daemonSet, snapshot) => flagOf(kubeOvnController(snapshot), 'enable-np') !== 'false',
		readsAdmin: (_daemonSet, snapshot) => flagOf(kubeOvnController(snapshot), 'enable-anp') === 'true',
	},
	{name: 'Weave Net', daemonSets: ['weave-net'], container: 'weave-npc'},
	{name: 'Azure NPM', daemonSets: ['azure-npm'], container: 'azure-npm'},
	{
		name: 'Amazon VPC CNI',
		daemonSets: ['aws-node'],
		// aws-network-policy-agent: README, enable-network-policy.
		enforces: ({containers}) => flagOf(containers, 'enable-network-policy') === 'true',
		longestPrefixDecides: true,
		deniesUnselected: strictModeOfVpcCni,
	},
	{
		name: 'kindnet',
		daemonSets: ['kindnet'],
		// kind 0.24 ships kindnetd v20240813, the first that enforces.
		enforces: ({containers}) => {
			const [, day] = /kindnetd:v(\d{8})/u.exec(containers[0]?.image ?? '') ?? [];
			return day === undefined ? undefined : day >= '20240813';
		},
	},
	{
		// Flannel's chart adds it as a container of its own DaemonSet (netpol.enabled).
		name: 'kube-network-policies',
		daemonSets: ['kube-network-policies'],
		container: 'kube-network-policies',
		// Its README, install: the image, or before it a flag, says which policies of the network policy API it reads.
		readsAdmin: ({containers}) =>
			hasImage(containers, '-npa-v1alpha1') ||
			flagOf(containers, 'admin-network-policy') === 'true' ||
			undefined,
		readsCluster: ({containers}) => hasImage(containers, '-npa-v1alpha2') || undefined,
	},
	{name: 'flannel', daemonSets: ['kube-flannel-ds', 'kube-flannel'], enforces: () => false},
];

function hasImage(containers: Workload['containers'], part: string): boolean {
	return containers.some(({image}) => image.includes(part));
}

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

/** cilium-config: `enable-policy: never` and, since 1.17, `enable-k8s-networkpolicy: "false"` (docs, policy enforcement modes). */
function ciliumEnforces(snapshot: Snapshot): boolean | undefined {
	const config = snapshot.get('ConfigMap', 'kube-system', 'cilium-config')?.data ?? {};
	const mode = config['enable-policy'] ?? 'default';
	return mode !== 'never' && config['enable-k8s-networkpolicy'] !== 'false';
}

/** cilium-config: `enable-policy: always` cuts off each direction of an endpoint that no policy selects (docs, policy enforcement modes). */
function ciliumAlways(snapshot: Snapshot): DeniesUnselected | undefined {
	const config = snapshot.get('ConfigMap', 'kube-system', 'cilium-config');
	return config?.data['enable-policy'] === 'always'
		? {
				by: 'direction',
				object: refOf('ConfigMap', config),
				path: 'data.enable-policy',
				value: 'always',
				otherwise: 'default',
			}
		: undefined;
}

/** EKS user guide, Configure the VPC CNI for network policies: strict mode. */
function strictModeOfVpcCni(daemonSet: Workload): DeniesUnselected | undefined {
	return flagOf(daemonSet.containers, 'network-policy-enforcing-mode') === 'strict'
		? {
				by: 'pod',
				object: refOf('DaemonSet', daemonSet),
				path: 'spec.template.spec.containers[].env[NETWORK_POLICY_ENFORCING_MODE]',
				value: 'strict',
				otherwise: 'standard',
			}
		: undefined;
}

function kubeOvnController(snapshot: Snapshot): Workload['containers'] {
	return (
		snapshot.list('Deployment', 'kube-system').find(({name}) => name === 'kube-ovn-controller')?.containers ??
		[]
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
						: {
								object: `Node/${node.name}`,
								path: 'status.nodeInfo.kubeletVersion',
								value: node.kubeletVersion ?? '',
							},
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
			evidence: [
				{
					object: `Node/${node.name}`,
					path: 'status.nodeInfo.kubeletVersion',
					value: node.kubeletVersion ?? '',
				},
			],
		}
	);
}
