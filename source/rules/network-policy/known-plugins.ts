import {flagOf} from '../flag-of.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';

/** Network plugins that differ in what they take a sender for. `other`: nothing more is known than that it enforces. */
export type Plugin = 'Calico' | 'Cilium' | 'Antrea' | 'other';

export type DeniesUnselected = {
	/** `direction`: a pod needs a policy for each direction. Else one of either opens both. */
	readonly by: 'pod' | 'direction';
	readonly object: ObjectRef;
	readonly path: string;
	readonly value: string;
	/** What it would be set to. */
	readonly otherwise: string;
};

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
export const known: readonly Known[] = [
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
