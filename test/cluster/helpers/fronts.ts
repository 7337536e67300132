import type {Wire} from '../../../source/projection/wire.ts';
import type {Dialect} from './generate-ingresses.ts';
import {list} from './objects.ts';

/** A controller whose Ingresses are compared with what it does. */
export type IngressFront = {
	readonly name: string;
	/** `spec.controller` of its IngressClass. */
	readonly controller: string;
	readonly dialect: Dialect;
};

const plain: Dialect = {annotations: () => ({}), ownPaths: [], doubles: 1};

export const ingressFronts: readonly IngressFront[] = [
	{
		name: 'Traefik',
		controller: 'traefik.io/ingress-controller',
		dialect: {
			...plain,
			doubles: 0,
			annotations: (random, index) => ({
				...(random.chance(0.15)
					? {'traefik.ingress.kubernetes.io/router.priority': String(random.pick([1, 1000]) + index)}
					: {}),
				...(random.chance(0.05) ? {'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure'} : {}),
			}),
		},
	},
	{
		name: 'Contour',
		controller: 'projectcontour.io/ingress-controller',
		dialect: {
			...plain,
			doubles: 0.1,
			ownPaths: ['/fo+', '/foo/.*', '/b[a-z]r', '/f.*'],
			annotations: (random): Readonly<Record<string, string>> =>
				random.chance(0.1) ? {'ingress.kubernetes.io/force-ssl-redirect': 'true'} : {},
		},
	},
	{
		name: 'HAProxy Ingress',
		controller: 'haproxy-ingress.github.io/controller',
		dialect: {
			...plain,
			annotations: (random) => ({
				...(random.chance(0.2) ? {'haproxy-ingress.github.io/ssl-redirect': 'false'} : {}),
				...(random.chance(0.2)
					? {'haproxy-ingress.github.io/path-type': random.pick(['exact', 'prefix', 'begin'])}
					: {}),
			}),
		},
	},
	{name: 'Istio', controller: 'istio.io/ingress-controller', dialect: plain},
];

/** A controller whose HTTPRoutes are compared with what it does. */
export type GatewayFront = {
	readonly name: string;
	/** `spec.controllerName` of its GatewayClass. */
	readonly controller: string;
};

export const gatewayFronts: readonly GatewayFront[] = [
	{name: 'Traefik', controller: 'traefik.io/gateway-controller'},
	{name: 'Contour', controller: 'projectcontour.io/gateway-controller'},
	{name: 'Envoy Gateway', controller: 'gateway.envoyproxy.io/gatewayclass-controller'},
	{name: 'Istio', controller: 'istio.io/gateway-controller'},
];

type ClassWire = Wire & {readonly spec?: {readonly controller?: string; readonly controllerName?: string}};

/** Undefined: the cluster has no class of the controller. */
export async function ingressClassOf(controller: string): Promise<string | undefined> {
	const classes = (await list('networking.k8s.io/v1', 'IngressClass')) as readonly ClassWire[];
	return nameOf(classes.find(({spec}) => spec?.controller === controller));
}

export async function gatewayClassOf(controller: string): Promise<string | undefined> {
	const classes = await list('gateway.networking.k8s.io/v1', 'GatewayClass').catch(() => []);
	return nameOf((classes as readonly ClassWire[]).find(({spec}) => spec?.controllerName === controller));
}

function nameOf(object: Wire | undefined): string | undefined {
	return (object?.['metadata'] as {readonly name?: string} | undefined)?.name;
}

type ListenerWire = {
	readonly name: string;
	readonly hostname?: string;
	readonly allowedRoutes?: {readonly namespaces?: {readonly from?: string}};
};

type GatewayWire = Wire & {
	readonly metadata: {readonly namespace: string; readonly name: string};
	readonly spec: {readonly gatewayClassName: string; readonly listeners: readonly ListenerWire[]};
};

/** A Gateway that requests are sent to. */
export type Open = {
	readonly namespace: string;
	readonly name: string;
	readonly listeners: readonly string[];
	/** Below which hosts may be named. */
	readonly domain: string;
};

/** A Gateway that takes routes of every namespace for any host, or for those below a domain. */
export async function sharedGatewayOf(className: string): Promise<Open | undefined> {
	const gateways = (await list('gateway.networking.k8s.io/v1', 'Gateway')) as readonly GatewayWire[];
	const found = gateways.find(
		({metadata, spec}) =>
			spec.gatewayClassName === className &&
			!metadata.namespace.startsWith('knet-test-') &&
			spec.listeners.every(({allowedRoutes}) => allowedRoutes?.namespaces?.from === 'All'),
	);
	return (
		found && {
			namespace: found.metadata.namespace,
			name: found.metadata.name,
			listeners: found.spec.listeners.map(({name}) => name),
			domain: (found.spec.listeners[0]?.hostname ?? '*.gateways.example.com').replace('*.', ''),
		}
	);
}
