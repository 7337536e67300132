import type {Kind, KindMap} from '../model/kinds.ts';
import {projectAttachedPolicy} from './attached-policy.ts';
import {projectHttpRouteFilter} from './http-route-filter.ts';
import {projectAdminPolicy, projectBaselinePolicy} from './admin-policy.ts';
import {projectConfigMap} from './config-map.ts';
import {projectEndpointSlice} from './endpoint-slice.ts';
import {projectEvent} from './event-object.ts';
import {projectFelixConfiguration} from './felix-configuration.ts';
import {
	projectAntreaPolicy,
	projectAuthorizationPolicy,
	projectCalicoPolicy,
	projectCiliumPolicy,
} from './foreign-policy.ts';
import {
	projectBackendTlsPolicy,
	projectGateway,
	projectGatewayClass,
	projectListenerSet,
	projectReferenceGrant,
} from './gateway.ts';
import {projectHttpProxy, projectTlsCertificateDelegation} from './http-proxy.ts';
import {projectIngress, projectIngressClass} from './ingress.ts';
import {
	projectDestinationRule,
	projectIstioGateway,
	projectServiceEntry,
	projectSidecar,
	projectVirtualService,
} from './istio.ts';
import {
	projectIngressRoute,
	projectIngressRouteTcp,
	projectMiddleware,
	projectTlsOption,
	projectTlsStore,
	projectTraefikService,
} from './ingress-route.ts';
import {projectMeshTrafficPermission, projectTrafficPermission} from './kuma-permission.ts';
import {projectKumaMesh, projectLinkerdServer, projectServiceIntentions} from './mesh-policy.ts';
import {projectMeta} from './meta.ts';
import {projectIpAddressPool, projectPoolAdvertisement} from './metallb.ts';
import {projectNamespace} from './namespace.ts';
import {projectNetworkPolicy} from './network-policy.ts';
import {projectForeignRoute} from './foreign-route.ts';
import {projectNode} from './node.ts';
import {projectOpenShiftRoute} from './openshift-route.ts';
import {projectPeerAuthentication} from './peer-authentication.ts';
import {projectPod} from './pod.ts';
import {projectRoute} from './route.ts';
import {projectSecret} from './secret.ts';
import {projectService} from './service.ts';
import {projectIngressClassParams, projectTargetGroupConfiguration} from './aws-target-type.ts';
import {projectTargetGroupBinding} from './target-group-binding.ts';
import type {Wire} from './wire.ts';
import {projectDaemonSet, projectWorkload} from './workload.ts';

/** Each reads what the API says of its kind: `WireOf` of a type of client-node, or plain JSON where it has none. */
const projections: {readonly [K in Kind]: (wire: never) => KindMap[K]} = {
	Namespace: projectNamespace,
	Node: projectNode,
	Service: projectService,
	EndpointSlice: projectEndpointSlice,
	Pod: projectPod,
	Ingress: projectIngress,
	IngressClass: projectIngressClass,
	Deployment: projectWorkload,
	StatefulSet: projectWorkload,
	DaemonSet: projectDaemonSet,
	ReplicaSet: projectWorkload,
	Event: projectEvent,
	Secret: projectSecret,
	ConfigMap: projectConfigMap,
	NetworkPolicy: projectNetworkPolicy,
	GatewayClass: projectGatewayClass,
	Gateway: projectGateway,
	ListenerSet: projectListenerSet,
	XListenerSet: projectListenerSet,
	HTTPRoute: (wire: Wire) => projectRoute('HTTPRoute', wire),
	GRPCRoute: (wire: Wire) => projectRoute('GRPCRoute', wire),
	TLSRoute: (wire: Wire) => projectRoute('TLSRoute', wire),
	TCPRoute: (wire: Wire) => projectRoute('TCPRoute', wire),
	UDPRoute: (wire: Wire) => projectRoute('UDPRoute', wire),
	ReferenceGrant: projectReferenceGrant,
	TLSCertificateDelegation: projectTlsCertificateDelegation,
	BackendTLSPolicy: projectBackendTlsPolicy,
	HTTPRouteFilter: projectHttpRouteFilter,
	AttachedPolicy: projectAttachedPolicy,
	FelixConfiguration: projectFelixConfiguration,
	IPAddressPool: projectIpAddressPool,
	L2Advertisement: projectPoolAdvertisement,
	BGPAdvertisement: projectPoolAdvertisement,
	TargetGroupBinding: projectTargetGroupBinding,
	IngressClassParams: projectIngressClassParams,
	TargetGroupConfiguration: projectTargetGroupConfiguration,
	CiliumNetworkPolicy: projectCiliumPolicy,
	CiliumClusterwideNetworkPolicy: projectCiliumPolicy,
	CalicoNetworkPolicy: projectCalicoPolicy,
	CalicoGlobalNetworkPolicy: projectCalicoPolicy,
	AntreaNetworkPolicy: projectAntreaPolicy,
	AntreaClusterNetworkPolicy: projectAntreaPolicy,
	AdminNetworkPolicy: projectAdminPolicy,
	BaselineAdminNetworkPolicy: projectBaselinePolicy,
	ClusterNetworkPolicy: projectAdminPolicy,
	AuthorizationPolicy: projectAuthorizationPolicy,
	PeerAuthentication: projectPeerAuthentication,
	LinkerdServer: projectLinkerdServer,
	MeshTrafficPermission: projectMeshTrafficPermission,
	TrafficPermission: projectTrafficPermission,
	KumaMesh: projectKumaMesh,
	ServiceIntentions: projectServiceIntentions,
	CustomResourceDefinition: projectMeta,
	OpenShiftRoute: projectOpenShiftRoute,
	IngressRoute: projectIngressRoute,
	IngressRouteTCP: projectIngressRouteTcp,
	TraefikService: projectTraefikService,
	TLSOption: projectTlsOption,
	TLSStore: projectTlsStore,
	ServersTransport: projectMeta,
	Middleware: projectMiddleware,
	VirtualService: projectVirtualService,
	IstioGateway: projectIstioGateway,
	DestinationRule: projectDestinationRule,
	ServiceEntry: projectServiceEntry,
	Sidecar: projectSidecar,
	HTTPProxy: projectHttpProxy,
	VirtualServer: projectForeignRoute('host'),
	KnativeIngress: projectForeignRoute('rules[].hosts'),
	GlooVirtualService: projectForeignRoute('virtualHost.domains'),
	Mapping: projectForeignRoute('hostname'),
	RouteGroup: projectForeignRoute('hosts'),
	ApisixRoute: projectForeignRoute('http[].match.hosts'),
	TCPIngress: projectForeignRoute('rules[].host'),
	TransportServer: projectForeignRoute('host'),
};

/**
Wire JSON of the Kubernetes API → model. Never throws; text comes out safe for a terminal. That JSON should be an object of
the kind is claimed here, for all projections.
*/
export function project<K extends Kind>(kind: K, wire: Wire): KindMap[K] {
	return projections[kind](wire as never);
}
