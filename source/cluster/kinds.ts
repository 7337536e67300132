import type {Kind} from '../model/kinds.ts';

/** Where objects of a kind are found on an API server, and how they are asked for. */
export type Resource = {
	readonly kind: Kind;
	/** Plural name, as in paths and RBAC rules. */
	readonly name: string;
	/** API group; '' is core. */
	readonly group: string;
	/** `group/version`, the preferred first; `v1` for core. */
	readonly apis: readonly string[];
	readonly namespaced: boolean;
	/** Part of every API server that knet supports: needs no discovery, and a 404 is no word about the API. */
	readonly builtIn: boolean;
	readonly codec: 'json' | 'protobuf' | 'metadata';
	/** Each is one list-watch; together they are the kind. Absent: one, of everything. */
	readonly selections?: readonly Selection[];
};

/** Narrows a list-watch to what knet reads. */
export type Selection = {
	/** Only this namespace, whatever was asked for. */
	readonly namespace?: string;
	readonly fieldSelector: string;
};

type Options = Partial<Omit<Resource, 'kind' | 'name'>>;

const builtIn = {namespaced: true, builtIn: true, codec: 'protobuf'} as const;
const custom = {namespaced: true, builtIn: false, codec: 'json'} as const;

function resource(kind: Kind, name: string, apis: readonly string[], options: Options): Resource {
	return {kind, name, apis, group: groupOf(apis[0] ?? ''), ...builtIn, ...options};
}

function groupOf(api: string): string {
	return api.includes('/') ? api.slice(0, api.indexOf('/')) : '';
}

const gatewayApi = (...versions: readonly string[]) =>
	versions.map((version) => `gateway.networking.k8s.io/${version}`);
const wide = {namespaced: false} as const;

/** The ConfigMaps of kube-system that walks read. */
export const configMapNames = [
	'coredns',
	'kube-proxy',
	'kube-proxy-config',
	'cilium-config',
	'antrea-config',
];

/**
Built-in kinds have one version, served since Kubernetes 1.21. Of the others the first version served is taken: Gateway
API kinds moved from alpha to v1 at different releases.
*/
const table: Readonly<Record<Kind, Resource>> = {
	Namespace: resource('Namespace', 'namespaces', ['v1'], wide),
	Node: resource('Node', 'nodes', ['v1'], wide),
	Service: resource('Service', 'services', ['v1'], builtIn),
	EndpointSlice: resource('EndpointSlice', 'endpointslices', ['discovery.k8s.io/v1'], builtIn),
	Pod: resource('Pod', 'pods', ['v1'], builtIn),
	Ingress: resource('Ingress', 'ingresses', ['networking.k8s.io/v1'], builtIn),
	IngressClass: resource('IngressClass', 'ingressclasses', ['networking.k8s.io/v1'], wide),
	Deployment: resource('Deployment', 'deployments', ['apps/v1'], builtIn),
	StatefulSet: resource('StatefulSet', 'statefulsets', ['apps/v1'], builtIn),
	DaemonSet: resource('DaemonSet', 'daemonsets', ['apps/v1'], builtIn),
	ReplicaSet: resource('ReplicaSet', 'replicasets', ['apps/v1'], builtIn),
	// Normal events are most of them, and none explains a break.
	Event: resource('Event', 'events', ['v1'], {selections: [{fieldSelector: 'type!=Normal'}]}),
	// The data of Secrets is never asked for.
	Secret: resource('Secret', 'secrets', ['v1'], {codec: 'metadata'}),
	// One name a list: RBAC can then allow these names alone (resourceNames, with a metadata.name selector).
	ConfigMap: resource('ConfigMap', 'configmaps', ['v1'], {
		selections: configMapNames.map((name) => ({
			namespace: 'kube-system',
			fieldSelector: `metadata.name=${name}`,
		})),
	}),
	NetworkPolicy: resource('NetworkPolicy', 'networkpolicies', ['networking.k8s.io/v1'], builtIn),
	GatewayClass: resource('GatewayClass', 'gatewayclasses', gatewayApi('v1', 'v1beta1'), {
		...custom,
		...wide,
	}),
	Gateway: resource('Gateway', 'gateways', gatewayApi('v1', 'v1beta1'), custom),
	HTTPRoute: resource('HTTPRoute', 'httproutes', gatewayApi('v1', 'v1beta1'), custom),
	GRPCRoute: resource('GRPCRoute', 'grpcroutes', gatewayApi('v1', 'v1alpha2'), custom),
	TLSRoute: resource('TLSRoute', 'tlsroutes', gatewayApi('v1', 'v1alpha3', 'v1alpha2'), custom),
	TCPRoute: resource('TCPRoute', 'tcproutes', gatewayApi('v1', 'v1alpha2'), custom),
	UDPRoute: resource('UDPRoute', 'udproutes', gatewayApi('v1', 'v1alpha2'), custom),
	ReferenceGrant: resource(
		'ReferenceGrant',
		'referencegrants',
		gatewayApi('v1', 'v1beta1', 'v1alpha2'),
		custom,
	),
	BackendTLSPolicy: resource(
		'BackendTLSPolicy',
		'backendtlspolicies',
		gatewayApi('v1', 'v1alpha3', 'v1alpha2'),
		custom,
	),
	CiliumNetworkPolicy: resource('CiliumNetworkPolicy', 'ciliumnetworkpolicies', ['cilium.io/v2'], custom),
	CiliumClusterwideNetworkPolicy: resource(
		'CiliumClusterwideNetworkPolicy',
		'ciliumclusterwidenetworkpolicies',
		['cilium.io/v2'],
		{...custom, ...wide},
	),
	// Calico's own API server where it is installed, else the CRDs behind it.
	CalicoNetworkPolicy: resource(
		'CalicoNetworkPolicy',
		'networkpolicies',
		['projectcalico.org/v3', 'crd.projectcalico.org/v1'],
		custom,
	),
	CalicoGlobalNetworkPolicy: resource(
		'CalicoGlobalNetworkPolicy',
		'globalnetworkpolicies',
		['projectcalico.org/v3', 'crd.projectcalico.org/v1'],
		{...custom, ...wide},
	),
	FelixConfiguration: resource(
		'FelixConfiguration',
		'felixconfigurations',
		['projectcalico.org/v3', 'crd.projectcalico.org/v1'],
		{...custom, ...wide},
	),
	AdminNetworkPolicy: resource(
		'AdminNetworkPolicy',
		'adminnetworkpolicies',
		['policy.networking.k8s.io/v1alpha1'],
		{...custom, ...wide},
	),
	BaselineAdminNetworkPolicy: resource(
		'BaselineAdminNetworkPolicy',
		'baselineadminnetworkpolicies',
		['policy.networking.k8s.io/v1alpha1'],
		{...custom, ...wide},
	),
};

/** The resource of a kind. Source: the API reference of Kubernetes 1.35, Gateway API 1.4 and the policy projects. */
export function resourceOf(kind: Kind): Resource {
	return table[kind];
}

/** Path of a list: `/api/v1/namespaces/shop/pods`, `/apis/apps/v1/deployments`. */
export function pathOf(resource: Resource, api: string, namespace?: string): string {
	const root = api.includes('/') ? `/apis/${api}` : `/api/${api}`;
	return namespace !== undefined && resource.namespaced
		? `${root}/namespaces/${encodeURIComponent(namespace)}/${resource.name}`
		: `${root}/${resource.name}`;
}
