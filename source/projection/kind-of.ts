import type {Kind} from '../model/kinds.ts';

/** Which kind of knet's a wire object is, by its apiVersion's group and kind; undefined for kinds knet does not know. */
export function kindOf(apiVersion: string, kind: string): Kind | undefined {
	const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.lastIndexOf('/')) : '';
	return byGroup.get(group)?.get(kind);
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

const calico = new Map<string, Kind>([
	['NetworkPolicy', 'CalicoNetworkPolicy'],
	['GlobalNetworkPolicy', 'CalicoGlobalNetworkPolicy'],
	['FelixConfiguration', 'FelixConfiguration'],
]);

// Maps: a file may name a property that every object has, such as toString of __proto__/v1.
const byGroup: ReadonlyMap<string, ReadonlyMap<string, Kind>> = new Map([
	['', same(core)],
	['apps', same(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'])],
	['discovery.k8s.io', same(['EndpointSlice'])],
	['events.k8s.io', same(['Event'])],
	['networking.k8s.io', same(['Ingress', 'IngressClass', 'NetworkPolicy'])],
	['gateway.networking.k8s.io', same(gateway)],
	['cilium.io', same(['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'])],
	['crd.projectcalico.org', calico],
	['projectcalico.org', calico],
	['policy.networking.k8s.io', same(['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'])],
]);

function same(kinds: readonly Kind[]): ReadonlyMap<string, Kind> {
	return new Map(kinds.map((kind) => [kind, kind]));
}
