import type {Kind} from '../model/kinds.ts';

/** Which kind of knet's a wire object is, by its apiVersion's group and kind; undefined for kinds knet does not know. */
export function kindOf(apiVersion: string, kind: string): Kind | undefined {
	const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.lastIndexOf('/')) : '';
	return byGroup[group]?.[kind];
}

const gateway = [
	'GatewayClass',
	'Gateway',
	'HTTPRoute',
	'GRPCRoute',
	'TLSRoute',
	'TCPRoute',
	'UDPRoute',
	'ReferenceGrant',
	'BackendTLSPolicy',
] as const;
const core = ['Namespace', 'Node', 'Service', 'Pod', 'Event', 'Secret', 'ConfigMap'] as const;

const byGroup: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
	'': same(core),
	apps: same(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']),
	'discovery.k8s.io': same(['EndpointSlice']),
	'events.k8s.io': same(['Event']),
	'networking.k8s.io': same(['Ingress', 'IngressClass', 'NetworkPolicy']),
	'gateway.networking.k8s.io': same(gateway),
	'cilium.io': same(['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']),
	'crd.projectcalico.org': {
		NetworkPolicy: 'CalicoNetworkPolicy',
		GlobalNetworkPolicy: 'CalicoGlobalNetworkPolicy',
	},
	'projectcalico.org': {
		NetworkPolicy: 'CalicoNetworkPolicy',
		GlobalNetworkPolicy: 'CalicoGlobalNetworkPolicy',
	},
	'policy.networking.k8s.io': same(['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy']),
};

function same(kinds: readonly Kind[]): Readonly<Record<string, Kind>> {
	return Object.fromEntries(kinds.map((kind) => [kind, kind]));
}
