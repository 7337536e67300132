import type {ConfigMap} from './config-map.ts';
import type {EndpointSlice} from './endpoint-slice.ts';
import type {EventObject} from './event-object.ts';
import type {FelixConfiguration} from './felix-configuration.ts';
import type {BackendTlsPolicy, Gateway, GatewayClass, ReferenceGrant, Route} from './gateway.ts';
import type {Ingress, IngressClass} from './ingress.ts';
import type {Namespace} from './namespace.ts';
import type {ForeignPolicy, NetworkPolicy} from './network-policy.ts';
import type {Node} from './node.ts';
import type {Pod} from './pod.ts';
import type {SecretMeta} from './secret.ts';
import type {Service} from './service.ts';
import type {Workload} from './workload.ts';

/** Every kind knet knows, and the type of its objects. */
export type KindMap = {
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
	readonly HTTPRoute: Route;
	readonly GRPCRoute: Route;
	readonly TLSRoute: Route;
	readonly TCPRoute: Route;
	readonly UDPRoute: Route;
	readonly ReferenceGrant: ReferenceGrant;
	readonly BackendTLSPolicy: BackendTlsPolicy;
	readonly CiliumNetworkPolicy: ForeignPolicy;
	readonly CiliumClusterwideNetworkPolicy: ForeignPolicy;
	readonly CalicoNetworkPolicy: ForeignPolicy;
	readonly CalicoGlobalNetworkPolicy: ForeignPolicy;
	readonly FelixConfiguration: FelixConfiguration;
	readonly AdminNetworkPolicy: ForeignPolicy;
	readonly BaselineAdminNetworkPolicy: ForeignPolicy;
};

export type Kind = keyof KindMap;

/** Cluster-scoped kinds; all others live in a namespace. */
export const clusterScoped: ReadonlySet<Kind> = new Set<Kind>([
	'Namespace',
	'Node',
	'IngressClass',
	'GatewayClass',
	'CiliumClusterwideNetworkPolicy',
	'CalicoGlobalNetworkPolicy',
	'FelixConfiguration',
	'AdminNetworkPolicy',
	'BaselineAdminNetworkPolicy',
]);
