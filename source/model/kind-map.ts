import type {
	LinkerdAuthentication,
	LinkerdAuthorization,
	LinkerdServerAuthorization,
} from './policies/linkerd-authorization.ts';
import type {ScaledObject} from './workloads/scaled-object.ts';
import type {EgressFirewall} from './policies/egress-firewall.ts';
import type {CiliumAnnouncement} from './services/cilium-announcement.ts';
import type {AttachedPolicy} from './policies/attached-policy.ts';
import type {ConfigMap} from './settings/config-map.ts';
import type {EndpointSlice} from './services/endpoint-slice.ts';
import type {EventObject} from './workloads/event-object.ts';
import type {FelixConfiguration} from './policies/felix-configuration.ts';
import type {
	BackendTlsPolicy,
	Gateway,
	GatewayClass,
	ListenerSet,
	ReferenceGrant,
	Route,
} from './routes/gateway.ts';
import type {TlsCertificateDelegation} from './routes/http-proxy.ts';
import type {HttpRouteFilter} from './routes/http-route-filter.ts';
import type {KumaMesh} from './policies/kuma-mesh.ts';
import type {Meta} from './meta.ts';
import type {RouterKindMap} from './routes/router-kinds.ts';
import type {Ingress, IngressClass} from './routes/ingress.ts';
import type {IpAddressPool, PoolAdvertisement} from './services/metallb.ts';
import type {Namespace} from './workloads/namespace.ts';
import type {AdminPolicy, ForeignPolicy, NetworkPolicy} from './policies/network-policy.ts';
import type {Node} from './workloads/node.ts';
import type {PeerAuthentication} from './policies/peer-authentication.ts';
import type {Pod} from './workloads/pod.ts';
import type {SecretMeta} from './settings/secret.ts';
import type {Service} from './services/service.ts';
import type {IngressClassParams, TargetGroupConfiguration} from './services/aws-target-type.ts';
import type {TargetGroupBinding} from './services/target-group-binding.ts';
import type {Workload} from './workloads/workload.ts';

/** Every kind knet knows, and the type of its objects. */
export type KindMap = RouterKindMap & {
	readonly Namespace: Namespace;
	readonly Node: Node;
	readonly Service: Service;
	readonly EndpointSlice: EndpointSlice;
	readonly Pod: Pod;
	readonly Ingress: Ingress;
	readonly IngressClass: IngressClass;
	readonly Deployment: Workload;
	readonly StatefulSet: Workload;
	readonly DaemonSet: Workload;
	readonly ReplicaSet: Workload;
	readonly Event: EventObject;
	readonly Secret: SecretMeta;
	readonly ConfigMap: ConfigMap;
	readonly NetworkPolicy: NetworkPolicy;
	readonly GatewayClass: GatewayClass;
	readonly Gateway: Gateway;
	readonly ListenerSet: ListenerSet;
	readonly XListenerSet: ListenerSet;
	readonly HTTPRoute: Route;
	readonly GRPCRoute: Route;
	readonly TLSRoute: Route;
	readonly TCPRoute: Route;
	readonly UDPRoute: Route;
	readonly ReferenceGrant: ReferenceGrant;
	readonly TLSCertificateDelegation: TlsCertificateDelegation;
	readonly BackendTLSPolicy: BackendTlsPolicy;
	/** Of Envoy Gateway. */
	readonly HTTPRouteFilter: HttpRouteFilter;
	readonly AttachedPolicy: AttachedPolicy;
	readonly CiliumNetworkPolicy: ForeignPolicy;
	readonly CiliumClusterwideNetworkPolicy: ForeignPolicy;
	readonly CalicoNetworkPolicy: ForeignPolicy;
	readonly CalicoGlobalNetworkPolicy: ForeignPolicy;
	readonly FelixConfiguration: FelixConfiguration;
	readonly IPAddressPool: IpAddressPool;
	readonly L2Advertisement: PoolAdvertisement;
	readonly CiliumL2AnnouncementPolicy: CiliumAnnouncement;
	readonly CiliumBGPAdvertisement: CiliumAnnouncement;
	readonly CiliumBGPClusterConfig: CiliumAnnouncement;
	readonly CiliumBGPPeeringPolicy: CiliumAnnouncement;
	readonly BGPAdvertisement: PoolAdvertisement;
	readonly TargetGroupBinding: TargetGroupBinding;
	readonly IngressClassParams: IngressClassParams;
	readonly TargetGroupConfiguration: TargetGroupConfiguration;
	readonly EgressFirewall: EgressFirewall;
	readonly ScaledObject: ScaledObject;
	readonly AntreaNetworkPolicy: ForeignPolicy;
	readonly AntreaClusterNetworkPolicy: ForeignPolicy;
	readonly AdminNetworkPolicy: AdminPolicy;
	readonly BaselineAdminNetworkPolicy: AdminPolicy;
	readonly ClusterNetworkPolicy: AdminPolicy;
	readonly AuthorizationPolicy: ForeignPolicy;
	readonly PeerAuthentication: PeerAuthentication;
	readonly LinkerdServer: ForeignPolicy;
	readonly LinkerdRoute: Route;
	readonly LinkerdAuthorization: LinkerdAuthorization;
	readonly LinkerdServerAuthorization: LinkerdServerAuthorization;
	readonly NetworkAuthentication: LinkerdAuthentication;
	readonly MeshTLSAuthentication: LinkerdAuthentication;
	readonly MeshTrafficPermission: ForeignPolicy;
	readonly TrafficPermission: ForeignPolicy;
	readonly KumaMesh: KumaMesh;
	readonly ServiceIntentions: ForeignPolicy;
	readonly CustomResourceDefinition: Meta;
};
