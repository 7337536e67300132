import {
	projectLinkerdAuthorization,
	projectMeshTlsAuthentication,
	projectNetworkAuthentication,
	projectServerAuthorization,
} from './policies/linkerd-authorization.ts';
import {projectScaledObject} from './workloads/scaled-object.ts';
import {projectEgressFirewall} from './policies/egress-firewall.ts';
import {
	projectBgpAdvertisement,
	projectBgpClusterConfig,
	projectBgpPeeringPolicy,
	projectL2Policy,
} from './services/cilium-announcement.ts';
import type {KindMap} from '../model/kind-map.ts';
import type {Kind} from '../model/kinds.ts';
import {projectAttachedPolicy} from './policies/attached-policy.ts';
import {projectHttpRouteFilter} from './routes/http-route-filter.ts';
import {projectAdminPolicy, projectBaselinePolicy} from './policies/admin-policy.ts';
import {projectConfigMap} from './settings/config-map.ts';
import {projectEndpointSlice} from './services/endpoint-slice.ts';
import {projectEvent} from './workloads/event-object.ts';
import {projectFelixConfiguration} from './policies/felix-configuration.ts';
import {
	projectAntreaPolicy,
	projectAuthorizationPolicy,
	projectCalicoPolicy,
	projectCiliumPolicy,
} from './policies/foreign-policy.ts';
import {
	projectBackendTlsPolicy,
	projectGateway,
	projectGatewayClass,
	projectListenerSet,
	projectReferenceGrant,
} from './routes/gateway.ts';
import {projectHttpProxy, projectTlsCertificateDelegation} from './routes/http-proxy.ts';
import {projectIngress, projectIngressClass} from './routes/ingress.ts';
import {
	projectIstioGateway,
	projectServiceEntry,
	projectSidecar,
	projectWorkloadEntry,
} from './routes/istio.ts';
import {
	projectIngressRoute,
	projectIngressRouteTcp,
	projectMiddleware,
	projectTlsOption,
	projectTlsStore,
	projectTraefikService,
} from './routes/ingress-route.ts';
import {projectMeshTrafficPermission, projectTrafficPermission} from './policies/kuma-permission.ts';
import {projectKumaMesh, projectLinkerdServer, projectServiceIntentions} from './policies/mesh-policy.ts';
import {projectKongPlugin, projectNginxPolicy} from './routes/request-policy.ts';
import {projectMeta} from './meta.ts';
import {projectIpAddressPool, projectPoolAdvertisement} from './services/metallb.ts';
import {projectNamespace} from './workloads/namespace.ts';
import {projectNetworkPolicy} from './policies/network-policy.ts';
import {projectForeignRoute} from './routes/foreign-route.ts';
import {projectNode} from './workloads/node.ts';
import {projectOpenShiftRoute} from './routes/openshift-route.ts';
import {projectPeerAuthentication} from './policies/peer-authentication.ts';
import {projectPod} from './workloads/pod.ts';
import {projectRoute} from './routes/route.ts';
import {projectSecret} from './settings/secret.ts';
import {projectService} from './services/service.ts';
import {projectIngressClassParams, projectTargetGroupConfiguration} from './services/aws-target-type.ts';
import {projectTargetGroupBinding} from './services/target-group-binding.ts';
import type {Wire} from './wire.ts';
import {projectDaemonSet, projectWorkload} from './workloads/workload.ts';
import {projectVirtualService} from './routes/virtual-service.ts';
import {projectDestinationRule} from './routes/destination-rule.ts';

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
	CiliumL2AnnouncementPolicy: projectL2Policy,
	CiliumBGPAdvertisement: projectBgpAdvertisement,
	CiliumBGPClusterConfig: projectBgpClusterConfig,
	CiliumBGPPeeringPolicy: projectBgpPeeringPolicy,
	BGPAdvertisement: projectPoolAdvertisement,
	TargetGroupBinding: projectTargetGroupBinding,
	IngressClassParams: projectIngressClassParams,
	TargetGroupConfiguration: projectTargetGroupConfiguration,
	CiliumNetworkPolicy: projectCiliumPolicy,
	CiliumClusterwideNetworkPolicy: projectCiliumPolicy,
	CalicoNetworkPolicy: projectCalicoPolicy,
	CalicoGlobalNetworkPolicy: projectCalicoPolicy,
	EgressFirewall: projectEgressFirewall,
	ScaledObject: projectScaledObject,
	AntreaNetworkPolicy: projectAntreaPolicy,
	AntreaClusterNetworkPolicy: projectAntreaPolicy,
	AdminNetworkPolicy: projectAdminPolicy,
	BaselineAdminNetworkPolicy: projectBaselinePolicy,
	ClusterNetworkPolicy: projectAdminPolicy,
	AuthorizationPolicy: projectAuthorizationPolicy,
	PeerAuthentication: projectPeerAuthentication,
	LinkerdServer: projectLinkerdServer,
	LinkerdRoute: (wire: Wire) => projectRoute('HTTPRoute', wire),
	LinkerdAuthorization: projectLinkerdAuthorization,
	LinkerdServerAuthorization: projectServerAuthorization,
	NetworkAuthentication: projectNetworkAuthentication,
	MeshTLSAuthentication: projectMeshTlsAuthentication,
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
	WorkloadEntry: projectWorkloadEntry,
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
	KongPlugin: projectKongPlugin,
	KongClusterPlugin: projectKongPlugin,
	NginxPolicy: projectNginxPolicy,
};

/**
Wire JSON of the Kubernetes API → model. Never throws; text comes out safe for a terminal. That JSON should be an object of
the kind is claimed here, for all projections.
*/
export function project<K extends Kind>(kind: K, wire: Wire): KindMap[K] {
	return projections[kind](wire as never);
}
