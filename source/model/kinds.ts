import {policyResources} from './policies/attached-policy.ts';
import type {KindMap} from './kind-map.ts';
import {configMapNames} from './kept/config-map-names.ts';
import {routerKinds} from './routes/router-kinds.ts';
import type {KindFacts} from './kind-facts.ts';

export type Kind = keyof KindMap;

export type AnyObject = KindMap[Kind];

const builtIn = {namespaced: true, builtIn: true, codec: 'protobuf', recorded: true} as const;
const custom = {namespaced: true, builtIn: false, codec: 'json', recorded: true, role: 'helpful'} as const;
const mesh = {...custom, opened: 'when-read'} as const;
const wide = {namespaced: false} as const;

function gatewayApi(...versions: readonly string[]): readonly string[] {
	return versions.map((version) => `gateway.networking.k8s.io/${version}`);
}

// Calico's own API server where it is installed, else the CRDs behind it.
const calico = ['projectcalico.org/v3', 'crd.projectcalico.org/v1'];
const adminPolicy = ['policy.networking.k8s.io/v1alpha1'];
const antrea = ['crd.antrea.io/v1beta1'];
const linkerd = ['v1beta3', 'v1beta2', 'v1beta1'].map((version) => `policy.linkerd.io/${version}`);
const linkerdAlpha = ['policy.linkerd.io/v1alpha1'];
const kuma = ['kuma.io/v1alpha1'];
const istio = ['security.istio.io/v1', 'security.istio.io/v1beta1'];

/**
One row a kind. Built-in kinds have one version, served since Kubernetes 1.21. Of the others the first version served is
taken: Gateway API kinds moved from alpha to v1 at different releases. Source: the API reference of Kubernetes 1.35, Gateway
API 1.4 and the policy projects.
*/
const kindTable = {
	Namespace: {...builtIn, ...wide, plural: 'namespaces', apis: ['v1'], opened: 'always', role: 'needed'},
	Node: {...builtIn, ...wide, plural: 'nodes', apis: ['v1'], opened: 'always', role: 'needed'},
	Service: {...builtIn, plural: 'services', apis: ['v1'], opened: 'always', role: 'needed'},
	EndpointSlice: {
		...builtIn,
		plural: 'endpointslices',
		apis: ['discovery.k8s.io/v1'],
		opened: 'where-looked',
		role: 'needed',
	},
	Pod: {...builtIn, plural: 'pods', apis: ['v1'], isHeavy: true, opened: 'when-read', role: 'needed'},
	Ingress: {
		...builtIn,
		plural: 'ingresses',
		apis: ['networking.k8s.io/v1'],
		opened: 'always',
		role: 'needed',
	},
	IngressClass: {
		...builtIn,
		...wide,
		plural: 'ingressclasses',
		apis: ['networking.k8s.io/v1'],
		opened: 'always',
		role: 'needed',
	},
	Deployment: {...builtIn, plural: 'deployments', apis: ['apps/v1'], opened: 'always', role: 'helpful'},
	StatefulSet: {...builtIn, plural: 'statefulsets', apis: ['apps/v1'], opened: 'always', role: 'helpful'},
	DaemonSet: {...builtIn, plural: 'daemonsets', apis: ['apps/v1'], opened: 'always', role: 'helpful'},
	ReplicaSet: {
		...builtIn,
		plural: 'replicasets',
		apis: ['apps/v1'],
		isHeavy: true,
		opened: 'when-read',
		role: 'helpful',
	},
	Event: {
		...builtIn,
		plural: 'events',
		apis: ['v1'],
		alsoIn: ['events.k8s.io'],
		isHeavy: true,
		// Normal events are most of them, and none explains a break.
		selections: [
			{fieldSelector: 'type!=Normal'},
			// A success of a controller makes its older warning void.
			{fieldSelector: 'type=Normal,involvedObject.kind=Ingress'},
		],
		opened: 'when-read',
		role: 'helpful',
	},
	// The data of Secrets is never asked for, and their names are not kept in recordings.
	Secret: {
		...builtIn,
		plural: 'secrets',
		apis: ['v1'],
		codec: 'metadata',
		opened: 'when-read',
		recorded: false,
	},
	ConfigMap: {
		...builtIn,
		plural: 'configmaps',
		apis: ['v1'],
		named: configMapNames.map((name) => `kube-system/${name}`),
		opened: 'always',
	},
	NetworkPolicy: {
		...builtIn,
		plural: 'networkpolicies',
		apis: ['networking.k8s.io/v1'],
		opened: 'where-looked',
		role: 'helpful',
	},
	GatewayClass: {
		...custom,
		...wide,
		plural: 'gatewayclasses',
		apis: gatewayApi('v1', 'v1beta1'),
		opened: 'always',
	},
	Gateway: {...custom, plural: 'gateways', apis: gatewayApi('v1', 'v1beta1'), opened: 'always'},
	ListenerSet: {...custom, plural: 'listenersets', apis: gatewayApi('v1'), opened: 'when-read'},
	XListenerSet: {
		...custom,
		plural: 'xlistenersets',
		apis: ['gateway.networking.x-k8s.io/v1alpha1'],
		opened: 'when-read',
	},
	HTTPRoute: {...custom, plural: 'httproutes', apis: gatewayApi('v1', 'v1beta1'), opened: 'always'},
	GRPCRoute: {...custom, plural: 'grpcroutes', apis: gatewayApi('v1', 'v1alpha2'), opened: 'always'},
	TLSRoute: {
		...custom,
		plural: 'tlsroutes',
		apis: gatewayApi('v1', 'v1alpha3', 'v1alpha2'),
		opened: 'always',
	},
	TCPRoute: {...custom, plural: 'tcproutes', apis: gatewayApi('v1', 'v1alpha2'), opened: 'always'},
	UDPRoute: {...custom, plural: 'udproutes', apis: gatewayApi('v1', 'v1alpha2'), opened: 'always'},
	ReferenceGrant: {
		...custom,
		plural: 'referencegrants',
		apis: gatewayApi('v1', 'v1beta1', 'v1alpha2'),
		opened: 'always',
	},
	TLSCertificateDelegation: {
		...custom,
		plural: 'tlscertificatedelegations',
		apis: ['projectcontour.io/v1'],
		opened: 'when-read',
	},
	BackendTLSPolicy: {
		...custom,
		plural: 'backendtlspolicies',
		apis: gatewayApi('v1', 'v1alpha3', 'v1alpha2'),
		opened: 'when-read',
	},
	HTTPRouteFilter: {
		...custom,
		plural: 'httproutefilters',
		apis: ['gateway.envoyproxy.io/v1alpha1'],
		opened: 'when-read',
	},
	AttachedPolicy: {
		...custom,
		plural: policyResources[0]?.plural ?? '',
		apis: policyResources.slice(0, 1).map(({api}) => api),
		selections: policyResources.map((resource) => ({resource})),
		opened: 'when-read',
	},
	CiliumNetworkPolicy: {
		...custom,
		plural: 'ciliumnetworkpolicies',
		apis: ['cilium.io/v2'],
		opened: 'where-looked',
	},
	CiliumClusterwideNetworkPolicy: {
		...custom,
		...wide,
		plural: 'ciliumclusterwidenetworkpolicies',
		apis: ['cilium.io/v2'],
		opened: 'where-looked',
	},
	CalicoNetworkPolicy: {
		...custom,
		apiKind: 'NetworkPolicy',
		plural: 'networkpolicies',
		apis: calico,
		opened: 'where-looked',
	},
	CalicoGlobalNetworkPolicy: {
		...custom,
		...wide,
		apiKind: 'GlobalNetworkPolicy',
		plural: 'globalnetworkpolicies',
		apis: calico,
		opened: 'where-looked',
	},
	FelixConfiguration: {
		...custom,
		...wide,
		plural: 'felixconfigurations',
		apis: calico,
		opened: 'where-looked',
	},
	CiliumL2AnnouncementPolicy: {
		...custom,
		...wide,
		plural: 'ciliuml2announcementpolicies',
		apis: ['cilium.io/v2alpha1'],
		opened: 'when-read',
	},
	CiliumBGPAdvertisement: {
		...custom,
		...wide,
		plural: 'ciliumbgpadvertisements',
		apis: ['cilium.io/v2', 'cilium.io/v2alpha1'],
		opened: 'when-read',
	},
	CiliumBGPClusterConfig: {
		...custom,
		...wide,
		plural: 'ciliumbgpclusterconfigs',
		apis: ['cilium.io/v2', 'cilium.io/v2alpha1'],
		opened: 'when-read',
	},
	CiliumBGPPeeringPolicy: {
		...custom,
		...wide,
		plural: 'ciliumbgppeeringpolicies',
		apis: ['cilium.io/v2alpha1'],
		opened: 'when-read',
	},
	IPAddressPool: {...custom, plural: 'ipaddresspools', apis: ['metallb.io/v1beta1'], opened: 'when-read'},
	L2Advertisement: {...custom, plural: 'l2advertisements', apis: ['metallb.io/v1beta1'], opened: 'when-read'},
	BGPAdvertisement: {
		...custom,
		plural: 'bgpadvertisements',
		apis: ['metallb.io/v1beta1'],
		opened: 'when-read',
	},
	TargetGroupBinding: {
		...custom,
		plural: 'targetgroupbindings',
		apis: ['elbv2.k8s.aws/v1', 'elbv2.k8s.aws/v1beta1'],
		opened: 'when-read',
	},
	IngressClassParams: {
		...custom,
		...wide,
		plural: 'ingressclassparams',
		// The last is that of EKS Auto Mode.
		apis: ['elbv2.k8s.aws/v1', 'elbv2.k8s.aws/v1beta1', 'eks.amazonaws.com/v1'],
		opened: 'when-read',
	},
	TargetGroupConfiguration: {
		...custom,
		plural: 'targetgroupconfigurations',
		apis: ['gateway.k8s.aws/v1', 'gateway.k8s.aws/v1beta1'],
		opened: 'when-read',
	},
	ScaledObject: {...custom, plural: 'scaledobjects', apis: ['keda.sh/v1alpha1'], opened: 'when-read'},
	EgressFirewall: {...custom, plural: 'egressfirewalls', apis: ['k8s.ovn.org/v1'], opened: 'where-looked'},
	AntreaNetworkPolicy: {
		...custom,
		apiKind: 'NetworkPolicy',
		plural: 'networkpolicies',
		apis: antrea,
		opened: 'where-looked',
	},
	AntreaClusterNetworkPolicy: {
		...custom,
		...wide,
		apiKind: 'ClusterNetworkPolicy',
		plural: 'clusternetworkpolicies',
		apis: antrea,
		opened: 'where-looked',
	},
	AdminNetworkPolicy: {
		...custom,
		...wide,
		plural: 'adminnetworkpolicies',
		apis: adminPolicy,
		opened: 'where-looked',
	},
	BaselineAdminNetworkPolicy: {
		...custom,
		...wide,
		plural: 'baselineadminnetworkpolicies',
		apis: adminPolicy,
		opened: 'where-looked',
	},
	ClusterNetworkPolicy: {
		...custom,
		...wide,
		plural: 'clusternetworkpolicies',
		apis: ['policy.networking.k8s.io/v1alpha2'],
		opened: 'where-looked',
	},
	AuthorizationPolicy: {...mesh, plural: 'authorizationpolicies', apis: istio},
	PeerAuthentication: {...mesh, plural: 'peerauthentications', apis: istio},
	LinkerdServer: {...mesh, apiKind: 'Server', plural: 'servers', apis: linkerd},
	LinkerdRoute: {
		...mesh,
		apiKind: 'HTTPRoute',
		plural: 'httproutes',
		apis: [...linkerd, ...linkerdAlpha],
	},
	LinkerdAuthorization: {
		...mesh,
		apiKind: 'AuthorizationPolicy',
		plural: 'authorizationpolicies',
		apis: linkerdAlpha,
	},
	LinkerdServerAuthorization: {
		...mesh,
		apiKind: 'ServerAuthorization',
		plural: 'serverauthorizations',
		apis: ['policy.linkerd.io/v1beta1'],
	},
	NetworkAuthentication: {...mesh, plural: 'networkauthentications', apis: linkerdAlpha},
	MeshTLSAuthentication: {...mesh, plural: 'meshtlsauthentications', apis: linkerdAlpha},
	MeshTrafficPermission: {...mesh, plural: 'meshtrafficpermissions', apis: kuma},
	TrafficPermission: {...mesh, ...wide, plural: 'trafficpermissions', apis: kuma},
	KumaMesh: {...mesh, ...wide, apiKind: 'Mesh', plural: 'meshes', apis: kuma},
	ServiceIntentions: {...mesh, plural: 'serviceintentions', apis: ['consul.hashicorp.com/v1alpha1']},
	// In files they tell which kinds a cluster has; of a live one its discovery does.
	CustomResourceDefinition: {
		...builtIn,
		...wide,
		plural: 'customresourcedefinitions',
		apis: ['apiextensions.k8s.io/v1'],
		codec: 'metadata',
		opened: 'when-read',
		recorded: false,
	},
	...routerKinds,
} as const satisfies Readonly<Record<Kind, KindFacts>>;

/** What is known of a kind. */
export function factsOf(kind: Kind): KindFacts {
	return kindTable[kind];
}

/** As the API calls it, also where another group has a kind of that name. */
export function apiKindOf(kind: Kind): string {
	return factsOf(kind).apiKind ?? kind;
}

/** Where a walk reads an object: its namespace, or the object itself where the kind is listed by name. */
export function placeOf(kind: Kind, namespace: string, name: string): string {
	return factsOf(kind).named ? `${namespace}/${name}` : namespace;
}

/** The namespace of a place, and the name where the place is one object. */
export function partsOfPlace(place: string): {readonly namespace: string; readonly name?: string} {
	const [namespace = '', name] = place.split('/');
	return {namespace, name};
}

/** As kubectl takes it: `networkpolicy`, and for other APIs `globalnetworkpolicies.projectcalico.org`. */
export function kubectlName(kind: Kind): string {
	const {builtIn: isBuiltIn, plural, apis} = kindTable[kind];
	return isBuiltIn ? kind.toLowerCase() : `${plural}.${groupOf(apis[0])}`;
}

/** As kubectl takes it for a list: `networkpolicies`, `globalnetworkpolicies.projectcalico.org`. */
export function kubectlPlural(kind: Kind): string {
	return factsOf(kind).builtIn ? factsOf(kind).plural : kubectlName(kind);
}

/** Kinds whose facts pass a test, in the order of the table. */
export function kindsThat(holds: (facts: KindFacts) => boolean): readonly Kind[] {
	return (Object.keys(kindTable) as Kind[]).filter((kind) => holds(kindTable[kind]));
}

/** The group of `group/version`; '' is core. */
export function groupOf(api: string): string {
	return api.includes('/') ? api.slice(0, api.lastIndexOf('/')) : '';
}

/** Cluster-scoped kinds; all others live in a namespace. */
export const clusterScoped: ReadonlySet<Kind> = new Set(kindsThat(({namespaced}) => !namespaced));
