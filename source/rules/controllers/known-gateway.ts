import type {IngressProfile} from './controller.ts';

/** What knet knows of a controller of Gateways. Plain data; what is not known is left out. */
export type KnownGatewayController = {
	readonly implementation: string;
	/** Beginnings of GatewayClass `spec.controllerName`. */
	readonly controllerNames: readonly string[];
	readonly profile: IngressProfile;
	/** Labels that its Services carry with the Gateway's name, where each Gateway has a data plane of its own. */
	readonly gatewayLabels: readonly string[];
	/** Values of the labels `app.kubernetes.io/name` and `app` that the Service of a shared data plane selects by. */
	readonly names: readonly string[];
	/** Runs as a service of a cloud: nothing in the cluster shows whether it works. */
	readonly managed: boolean;
	readonly bypassesProxy?: boolean;
};

/** Label of the objects that a controller makes for a Gateway (GEP-1762). */
export const gatewayNameLabel = 'gateway.networking.k8s.io/gateway-name';

const envoyLike = {profile: 'spec', names: [], managed: false, bypassesProxy: true} as const;
const cloud = {profile: 'spec', gatewayLabels: [], names: [], managed: true} as const;

const known: readonly KnownGatewayController[] = [
	{
		implementation: 'Traefik',
		controllerNames: ['traefik.io/gateway-controller'],
		profile: 'traefik',
		gatewayLabels: [],
		names: ['traefik'],
		managed: false,
		bypassesProxy: true,
	},
	{
		...envoyLike,
		implementation: 'Envoy Gateway',
		controllerNames: ['gateway.envoyproxy.io/gatewayclass-controller'],
		gatewayLabels: ['gateway.envoyproxy.io/owning-gateway-name'],
	},
	{
		...envoyLike,
		implementation: 'Istio',
		controllerNames: ['istio.io/gateway-controller', 'istio.io/unmanaged-gateway'],
		gatewayLabels: [gatewayNameLabel],
	},
	{
		...envoyLike,
		implementation: 'Cilium',
		controllerNames: ['io.cilium/gateway-controller'],
		gatewayLabels: ['io.cilium.gateway/owning-gateway', gatewayNameLabel],
	},
	{
		...envoyLike,
		implementation: 'Contour',
		controllerNames: ['projectcontour.io/'],
		gatewayLabels: ['projectcontour.io/owning-gateway-name', gatewayNameLabel],
		names: ['envoy'],
	},
	{
		...envoyLike,
		implementation: 'kgateway',
		controllerNames: ['kgateway.dev/', 'solo.io/gloo-gateway'],
		gatewayLabels: [gatewayNameLabel],
	},
	{
		...envoyLike,
		implementation: 'NGINX Gateway Fabric',
		controllerNames: ['gateway.nginx.org/'],
		gatewayLabels: [gatewayNameLabel],
		names: ['nginx-gateway', 'nginx-gateway-fabric'],
	},
	{
		...envoyLike,
		implementation: 'Kong',
		controllerNames: ['konghq.com/'],
		gatewayLabels: [gatewayNameLabel],
		names: ['gateway', 'kong'],
	},
	{
		...envoyLike,
		implementation: 'HAProxy',
		controllerNames: ['haproxy.org/', 'haproxy-ingress.github.io/'],
		gatewayLabels: [],
		names: ['kubernetes-ingress', 'haproxy-ingress'],
	},
	{...cloud, implementation: 'GKE Gateway', controllerNames: ['networking.gke.io/']},
	{
		...cloud,
		implementation: 'AWS Load Balancer Controller',
		controllerNames: ['gateway.k8s.aws/'],
	},
	{
		...cloud,
		implementation: 'AWS Gateway API Controller (VPC Lattice)',
		controllerNames: ['application-networking.k8s.aws/'],
	},
	{
		...cloud,
		implementation: 'Azure Application Gateway for Containers',
		controllerNames: ['alb.networking.azure.io/'],
	},
];

/** By `spec.controllerName` of a GatewayClass. */
export function knownGatewayController(controllerName: string): KnownGatewayController | undefined {
	return known.find(({controllerNames}) => controllerNames.some((name) => controllerName.startsWith(name)));
}
