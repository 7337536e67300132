import type {KindFacts} from './kinds.ts';

const router = {
	namespaced: true,
	builtIn: false,
	codec: 'json',
	recorded: true,
	role: 'helpful',
	opened: 'when-read',
} as const;

/** Routers of their own: which hosts they name is read, and nothing else of them. */
export const routerKinds = {
	OpenShiftRoute: {...router, apiKind: 'Route', plural: 'routes', apis: ['route.openshift.io/v1']},
	IngressRoute: {
		...router,
		plural: 'ingressroutes',
		apis: ['traefik.io/v1alpha1', 'traefik.containo.us/v1alpha1'],
	},
	IngressRouteTCP: {
		...router,
		plural: 'ingressroutetcps',
		apis: ['traefik.io/v1alpha1', 'traefik.containo.us/v1alpha1'],
	},
	VirtualService: {
		...router,
		plural: 'virtualservices',
		apis: ['networking.istio.io/v1', 'networking.istio.io/v1beta1', 'networking.istio.io/v1alpha3'],
	},
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
} as const satisfies Readonly<Record<string, KindFacts>>;
