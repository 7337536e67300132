import type {ConfigMap} from '../../model/config-map.ts';
import type {Endpoint, EndpointPort, EndpointSlice} from '../../model/endpoint-slice.ts';
import type {EventObject} from '../../model/event-object.ts';
import type {FelixConfiguration} from '../../model/felix-configuration.ts';
import type {ForeignRoute} from '../../model/foreign-route.ts';
import type {Ingress, IngressBackend, IngressClass} from '../../model/ingress.ts';
import type {Kind, KindMap} from '../../model/kinds.ts';
import type {Meta} from '../../model/meta.ts';
import type {IpAddressPool, PoolAdvertisement} from '../../model/metallb.ts';
import type {Namespace} from '../../model/namespace.ts';
import type {Node} from '../../model/node.ts';
import type {Container, ContainerPort, ContainerState, Pod, Probe} from '../../model/pod.ts';
import type {Placement} from '../../model/placement.ts';
import type {SecretMeta} from '../../model/secret.ts';
import type {LoadBalancerIngress, Service, ServicePort} from '../../model/service.ts';
import type {TargetGroupBinding} from '../../model/target-group-binding.ts';
import type {Workload} from '../../model/workload.ts';
import {addressesIn, projectWords} from '../../projection/command-line.ts';
import {keptData} from '../../projection/config-map.ts';
import {withoutQuery} from '../../projection/container.ts';
import {destinationRule, istioGateway, virtualService} from './istio-shapes.ts';
import {openShiftRoute} from './openshift-route-shape.ts';
import {conditions, labels, meta, objectRef, protocol, selector} from './common-shapes.ts';
import {
	attachedPolicy,
	backendTlsPolicy,
	gateway,
	gatewayClass,
	listenerSet,
	referenceGrant,
	route,
} from './gateway-shapes.ts';
import {httpProxy} from './http-proxy-shape.ts';
import {adminPolicy, foreignPolicy, networkPolicy, peerAuthentication} from './policy-shapes.ts';
import {
	boolean,
	list,
	number,
	numberOrText,
	object,
	oneOf,
	optional,
	text,
	variant,
	type Shape,
} from './shape.ts';

const service = object<Service>({
	...meta,
	type: oneOf('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
	clusterIPs: list(text),
	ipFamilies: list(oneOf('IPv4', 'IPv6')),
	ipFamilyPolicy: optional(text),
	ports: list(
		object<ServicePort>({
			name: text,
			protocol,
			port: number,
			targetPort: numberOrText,
			nodePort: optional(number),
			appProtocol: optional(text),
		}),
	),
	selector: optional(labels),
	externalName: optional(text),
	externalIPs: list(text),
	internalTrafficPolicy: oneOf('Cluster', 'Local'),
	externalTrafficPolicy: oneOf('Cluster', 'Local'),
	healthCheckNodePort: optional(number),
	publishNotReadyAddresses: boolean,
	sessionAffinity: oneOf('None', 'ClientIP'),
	sessionAffinityTimeout: optional(number),
	loadBalancerClass: optional(text),
	loadBalancerSourceRanges: list(text),
	allocateLoadBalancerNodePorts: boolean,
	trafficDistribution: optional(text),
	loadBalancer: list(
		object<LoadBalancerIngress>({
			ip: optional(text),
			hostname: optional(text),
			ipMode: optional(oneOf('VIP', 'Proxy')),
			ports: list(object({port: number, protocol, error: optional(text)})),
		}),
	),
	conditions,
});

const endpointSlice = object<EndpointSlice>({
	...meta,
	addressType: oneOf('IPv4', 'IPv6', 'FQDN'),
	service: text,
	managedBy: text,
	triggeredAt: optional(number),
	ports: list(
		object<EndpointPort>({name: text, protocol, port: optional(number), appProtocol: optional(text)}),
	),
	endpoints: list(
		object<Endpoint>({
			addresses: list(text),
			ready: boolean,
			readyUnsaid: optional(oneOf(true)),
			serving: boolean,
			terminating: boolean,
			hostname: optional(text),
			nodeName: optional(text),
			zone: optional(text),
			pod: optional(object({namespace: text, name: text, uid: text})),
			forZones: optional(list(text)),
			forNodes: optional(list(text)),
		}),
	),
});

const words: Shape<readonly string[]> = (value) => projectWords(list(text)(value));

const containers = list(
	object<Container>({
		name: text,
		image: text,
		sidecar: boolean,
		ports: list(
			object<ContainerPort>({name: text, containerPort: number, hostPort: optional(number), protocol}),
		),
		readinessProbe: optional(
			object<Probe>({
				type: oneOf('httpGet', 'tcpSocket', 'grpc', 'exec'),
				port: optional(numberOrText),
				path: optional((value) => withoutQuery(text(value))),
				scheme: optional(text),
				host: optional(text),
			}),
		),
		command: words,
		args: words,
		envAddresses: (value) =>
			list(object({name: text, value: text}))(value).filter((env) => addressesIn(env.value)[0] === env.value),
		state: object<ContainerState>({
			type: oneOf('waiting', 'running', 'terminated', 'unknown'),
			reason: optional(text),
			message: optional(text),
			exitCode: optional(number),
			since: optional(number),
			lastReason: optional(text),
			lastExitCode: optional(number),
			lastStartedAt: optional(number),
			lastFinishedAt: optional(number),
		}),
		restarts: number,
		ready: boolean,
	}),
);

const pod = object<Pod>({
	...meta,
	nodeName: optional(text),
	phase: oneOf('Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'),
	podIPs: list(text),
	hostIP: optional(text),
	hostNetwork: boolean,
	hostname: optional(text),
	subdomain: optional(text),
	serviceAccount: optional(text),
	dnsPolicy: oneOf('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
	dnsConfig: optional(
		object({
			nameservers: list(text),
			searches: list(text),
			options: list(
				object<{readonly name: string; readonly value?: string}>({name: text, value: optional(text)}),
			),
		}),
	),
	containers,
	initContainers: containers,
	readinessGates: list(text),
	conditions,
	reason: optional(text),
	message: optional(text),
	ready: boolean,
	restarts: number,
});

const advertisement = object<PoolAdvertisement>({
	...meta,
	pools: list(text),
	poolSelectors: list(selector),
	nodeSelectors: list(selector),
});

const backend = variant<IngressBackend>('type', {
	service: object<Extract<IngressBackend, {type: 'service'}>>({
		type: oneOf('service'),
		name: text,
		port: object<{readonly name?: string; readonly number?: number}>({
			name: optional(text),
			number: optional(number),
		}),
	}),
	resource: object<Extract<IngressBackend, {type: 'resource'}>>({
		type: oneOf('resource'),
		resource: objectRef,
	}),
});

const ingress = object<Ingress>({
	...meta,
	className: optional(text),
	defaultBackend: optional(backend),
	rules: list(
		object({
			host: text,
			paths: list(
				object({path: text, pathType: oneOf('Exact', 'Prefix', 'ImplementationSpecific'), backend}),
			),
		}),
	),
	tls: list(object<Ingress['tls'][number]>({hosts: list(text), secretName: optional(text)})),
	addresses: list(object<Ingress['addresses'][number]>({ip: optional(text), hostname: optional(text)})),
});

const node = object<Node>({
	...meta,
	zone: optional(text),
	addresses: list(object({type: text, address: text})),
	podCIDRs: list(text),
	allocatableCpu: optional(number),
	providerId: optional(text),
	unschedulable: boolean,
	conditions,
	ready: boolean,
	taints: list(object({key: text, value: text, effect: text})),
	kubeletVersion: optional(text),
	nodeArgs: optional(words),
	kubeProxyVersion: optional(text),
});

const placement = object<Placement>({
	nodeSelector: labels,
	affinity: optional(list(list(object({key: text, operator: text, values: list(text), isField: boolean})))),
	tolerations: list(object({key: text, operator: text, value: text, effect: text})),
	hostNetwork: boolean,
	isOff: boolean,
});

const workload = object<Workload>({
	...meta,
	replicas: number,
	readyReplicas: number,
	updatedReplicas: number,
	selector,
	templateLabels: labels,
	containers,
	hostNetwork: boolean,
	placement: optional(placement),
	serviceName: optional(text),
});

const event = object<EventObject>({
	...meta,
	type: oneOf('Normal', 'Warning'),
	reason: text,
	message: text,
	regarding: objectRef,
	count: number,
	at: number,
});

// Its texts have lines, which `text` would take from them.
const configMap = object<ConfigMap>({...meta, data: keptData});
const foreignRoute = object<ForeignRoute>({...meta, hosts: list(text)});

/** The objects of a recording, kind by kind. */
export const objectShapes: {readonly [K in Kind]: Shape<KindMap[K]>} = {
	Namespace: object<Namespace>({...meta, phase: text}),
	Node: node,
	Service: service,
	EndpointSlice: endpointSlice,
	Pod: pod,
	Ingress: ingress,
	IngressClass: object<IngressClass>({...meta, controller: text, isDefault: boolean}),
	Deployment: workload,
	StatefulSet: workload,
	DaemonSet: workload,
	ReplicaSet: workload,
	Event: event,
	Secret: object<SecretMeta>({...meta, annotations: () => ({}), type: optional(text)}),
	ConfigMap: configMap,
	NetworkPolicy: networkPolicy,
	GatewayClass: gatewayClass,
	Gateway: gateway,
	ListenerSet: listenerSet,
	XListenerSet: listenerSet,
	HTTPRoute: route,
	GRPCRoute: route,
	TLSRoute: route,
	TCPRoute: route,
	UDPRoute: route,
	ReferenceGrant: referenceGrant,
	BackendTLSPolicy: backendTlsPolicy,
	AttachedPolicy: attachedPolicy,
	CiliumNetworkPolicy: foreignPolicy,
	CiliumClusterwideNetworkPolicy: foreignPolicy,
	CalicoNetworkPolicy: foreignPolicy,
	CalicoGlobalNetworkPolicy: foreignPolicy,
	FelixConfiguration: object<FelixConfiguration>({...meta, bpfEnabled: optional(boolean)}),
	IPAddressPool: object<IpAddressPool>({...meta, addresses: list(text), autoAssign: boolean}),
	L2Advertisement: advertisement,
	BGPAdvertisement: advertisement,
	TargetGroupBinding: object<TargetGroupBinding>({
		...meta,
		service: text,
		port: optional(numberOrText),
		targetType: optional(text),
	}),
	Middleware: object<Meta>(meta),
	AntreaNetworkPolicy: foreignPolicy,
	AntreaClusterNetworkPolicy: foreignPolicy,
	AdminNetworkPolicy: adminPolicy,
	BaselineAdminNetworkPolicy: adminPolicy,
	ClusterNetworkPolicy: adminPolicy,
	AuthorizationPolicy: foreignPolicy,
	PeerAuthentication: peerAuthentication,
	OpenShiftRoute: openShiftRoute,
	IngressRoute: foreignRoute,
	IngressRouteTCP: foreignRoute,
	VirtualService: virtualService,
	IstioGateway: istioGateway,
	DestinationRule: destinationRule,
	ServiceEntry: foreignRoute,
	HTTPProxy: httpProxy,
	VirtualServer: foreignRoute,
	KnativeIngress: foreignRoute,
	GlooVirtualService: foreignRoute,
	Mapping: foreignRoute,
	RouteGroup: foreignRoute,
	ApisixRoute: foreignRoute,
};
