import type {ForeignRoute} from './foreign-route.ts';
import type {HttpProxy} from './http-proxy.ts';
import type {
	DestinationRule,
	IstioGateway,
	ServiceEntry,
	Sidecar,
	VirtualService,
	WorkloadEntry,
} from './istio.ts';
import type {
	IngressRoute,
	IngressRouteTcp,
	Middleware,
	TlsOption,
	TlsStore,
	TraefikService,
} from './ingress-route.ts';
import type {Meta} from '../meta.ts';
import type {OpenShiftRoute} from './openshift-route.ts';
import type {RequestPolicy} from './request-policy.ts';
import type {KindFacts} from '../kind-facts.ts';

/** Routers of their own, and what belongs to them. */
export type RouterKindMap = {
	readonly OpenShiftRoute: OpenShiftRoute;
	readonly IngressRoute: IngressRoute;
	readonly IngressRouteTCP: IngressRouteTcp;
	readonly TraefikService: TraefikService;
	readonly Middleware: Middleware;
	readonly TLSOption: TlsOption;
	readonly TLSStore: TlsStore;
	readonly ServersTransport: Meta;
	readonly VirtualService: VirtualService;
	readonly IstioGateway: IstioGateway;
	readonly DestinationRule: DestinationRule;
	/** Hosts outside the cluster that the mesh knows. */
	readonly ServiceEntry: ServiceEntry;
	readonly Sidecar: Sidecar;
	readonly WorkloadEntry: WorkloadEntry;
	readonly HTTPProxy: HttpProxy;
	readonly VirtualServer: ForeignRoute;
	readonly KnativeIngress: ForeignRoute;
	readonly GlooVirtualService: ForeignRoute;
	readonly Mapping: ForeignRoute;
	readonly RouteGroup: ForeignRoute;
	readonly ApisixRoute: ForeignRoute;
	/** Of Kong. */
	readonly TCPIngress: ForeignRoute;
	/** Of NGINX Inc: TLS passthrough by name. */
	readonly TransportServer: ForeignRoute;
	readonly KongPlugin: RequestPolicy;
	readonly KongClusterPlugin: RequestPolicy;
	/** Of NGINX Inc. */
	readonly NginxPolicy: RequestPolicy;
};

const router = {
	namespaced: true,
	builtIn: false,
	codec: 'json',
	recorded: true,
	role: 'helpful',
	opened: 'when-read',
} as const;

const traefikApis = ['traefik.io/v1alpha1', 'traefik.containo.us/v1alpha1'];
const istioApis = ['networking.istio.io/v1', 'networking.istio.io/v1beta1', 'networking.istio.io/v1alpha3'];

/** Routers of their own that are followed: one record each in `rules/routers/`. Of the others only the hosts that they name are read. */
export const followedRouters = [
	'HTTPProxy',
	'IngressRoute',
	'IngressRouteTCP',
	'VirtualService',
	'OpenShiftRoute',
] as const;

export type FollowedRouter = (typeof followedRouters)[number];

/** Routers that are neither Ingress nor Gateway API. */
export const routerKinds = {
	OpenShiftRoute: {...router, apiKind: 'Route', plural: 'routes', apis: ['route.openshift.io/v1']},
	IngressRoute: {...router, plural: 'ingressroutes', apis: traefikApis},
	IngressRouteTCP: {...router, plural: 'ingressroutetcps', apis: traefikApis},
	TraefikService: {...router, plural: 'traefikservices', apis: traefikApis},
	Middleware: {...router, plural: 'middlewares', apis: traefikApis},
	TLSOption: {...router, plural: 'tlsoptions', apis: traefikApis},
	TLSStore: {...router, plural: 'tlsstores', apis: traefikApis},
	ServersTransport: {...router, plural: 'serverstransports', apis: traefikApis},
	VirtualService: {...router, plural: 'virtualservices', apis: istioApis},
	IstioGateway: {...router, apiKind: 'Gateway', plural: 'gateways', apis: istioApis},
	DestinationRule: {...router, plural: 'destinationrules', apis: istioApis},
	ServiceEntry: {...router, plural: 'serviceentries', apis: istioApis},
	Sidecar: {...router, plural: 'sidecars', apis: istioApis},
	WorkloadEntry: {...router, plural: 'workloadentries', apis: istioApis},
	HTTPProxy: {...router, plural: 'httpproxies', apis: ['projectcontour.io/v1']},
	VirtualServer: {...router, plural: 'virtualservers', apis: ['k8s.nginx.org/v1']},
	KnativeIngress: {
		...router,
		apiKind: 'Ingress',
		plural: 'ingresses',
		apis: ['networking.internal.knative.dev/v1alpha1'],
	},
	GlooVirtualService: {
		...router,
		apiKind: 'VirtualService',
		plural: 'virtualservices',
		apis: ['gateway.solo.io/v1'],
	},
	Mapping: {...router, plural: 'mappings', apis: ['getambassador.io/v3alpha1', 'getambassador.io/v2']},
	RouteGroup: {...router, plural: 'routegroups', apis: ['zalando.org/v1']},
	ApisixRoute: {...router, plural: 'apisixroutes', apis: ['apisix.apache.org/v2']},
	TCPIngress: {...router, plural: 'tcpingresses', apis: ['configuration.konghq.com/v1beta1']},
	TransportServer: {
		...router,
		plural: 'transportservers',
		apis: ['k8s.nginx.org/v1', 'k8s.nginx.org/v1alpha1'],
	},
	KongPlugin: {...router, plural: 'kongplugins', apis: ['configuration.konghq.com/v1']},
	KongClusterPlugin: {
		...router,
		namespaced: false,
		plural: 'kongclusterplugins',
		apis: ['configuration.konghq.com/v1'],
	},
	NginxPolicy: {...router, apiKind: 'Policy', plural: 'policies', apis: ['k8s.nginx.org/v1']},
} as const satisfies Readonly<Record<keyof RouterKindMap, KindFacts>>;
