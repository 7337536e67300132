import type {Gateway, GatewayClass} from '../../model/gateway.ts';
import {matchesLabels} from '../../model/label-selector.ts';
import type {Pod} from '../../model/pod.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {Service} from '../../model/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Controller, Visit} from '../resolver.ts';
import {gatewayNameLabel, knownGatewayController, type KnownGatewayController} from './known-controllers.ts';

/**
What serves a Gateway: the Services in front of its data plane, and the pods behind them. Found by the labels of a data plane made for
this Gateway, else by the address in its status, else by the names that the known controllers give their own.
*/
export function findGatewayController(
	{snapshot, depth}: Pick<Visit, 'snapshot' | 'depth'>,
	gateway: Gateway,
	gatewayClass: GatewayClass,
): Controller {
	const {controllerName} = gatewayClass;
	const known = knownGatewayController(controllerName);
	const services = servicesOf(snapshot, gateway, known);
	const [first] = services;
	return {
		implementation: known?.implementation ?? controllerName,
		profile: known?.profile ?? 'spec',
		controllerName,
		className: gatewayClass.name,
		managed: known?.managed ?? false,
		...(first ? {workload: workloadOf(snapshot, first)} : {}),
		pods: first && (depth === 'full' || !servesReady(snapshot, first)) ? podsOf(snapshot, first) : [],
		services,
		bypassesProxy: known?.bypassesProxy,
		answers: {
			// apis/v1 HTTPRouteRule: 404 without a match, 500 for a reference that cannot be followed, 503 without endpoints.
			'no-rule': 'http-404',
			'invalid-backend': 'http-500',
			'no-backend': 'http-500',
			'no-endpoints': 'http-503',
			...(known?.profile === 'traefik'
				? {refused: 'http-502', unreachable: 'http-502', dropped: 'http-504'}
				: {}),
		},
		flags: {},
		assumed: known
			? []
			: ['this controller is not known to knet: the rules of the specification are followed'],
	};
}

function servicesOf(
	snapshot: Snapshot,
	gateway: Gateway,
	known: KnownGatewayController | undefined,
): readonly Service[] {
	const all = snapshot.list('Service');
	const labels = known?.gatewayLabels ?? [gatewayNameLabel];
	const own = all.filter((service) =>
		labels.some((label) => service.labels[label] === gateway.name && isNear(service, gateway, label)),
	);
	const byAddress = all.filter((service) => hasAddress(service, gateway));
	const byName = all.filter(({selector}) =>
		['app.kubernetes.io/name', 'app'].some((key) => known?.names.includes(selector?.[key] ?? '')),
	);
	const found = [own, byAddress, byName].find(({length}) => length > 0) ?? [];
	return found.toSorted((left, right) => rank(right) - rank(left));
}

/** The data plane stands in the namespace of the Gateway, or says beside its name which namespace it is for. */
function isNear(service: Service, gateway: Gateway, label: string): boolean {
	const namespace = service.labels[label.replace(/-name$/v, '-namespace')];
	return label.endsWith('-name') && namespace !== undefined
		? namespace === gateway.namespace
		: service.namespace === gateway.namespace;
}

function hasAddress({loadBalancer, clusterIPs, externalIPs}: Service, {addresses}: Gateway): boolean {
	const own = [
		...loadBalancer.flatMap(({ip, hostname}) => [ip, hostname]),
		...externalIPs,
		...clusterIPs.filter((ip) => ip !== 'None'),
	];
	return addresses.some(({value}) => value !== '' && own.includes(value));
}

/** Those that clients outside can reach come first. */
function rank({type, loadBalancer}: Service): number {
	return loadBalancer.length > 0 ? 3 : type === 'LoadBalancer' ? 2 : type === 'NodePort' ? 1 : 0;
}

function podsOf(snapshot: Snapshot, {namespace, selector = {}}: Service): readonly Pod[] {
	const [first] = Object.entries(selector);
	return first
		? snapshot.podsLabelled(namespace, ...first).filter(({labels}) => matchesLabels(selector, labels))
		: [];
}

function workloadOf(snapshot: Snapshot, {namespace, selector}: Service): ObjectRef | undefined {
	for (const kind of ['Deployment', 'DaemonSet'] as const) {
		const workload =
			selector &&
			snapshot.list(kind, namespace).find(({templateLabels}) => matchesLabels(selector, templateLabels));
		if (workload) {
			return {kind, namespace, name: workload.name};
		}
	}

	return undefined;
}

/** Endpoints of a Service over all its slices, each address once. */
export function readyOf(
	snapshot: Snapshot,
	{namespace, name}: Service,
): {readonly ready: number; readonly total: number} {
	const byAddress = new Map<string, boolean>();
	for (const {endpoints} of snapshot.slicesOf(namespace, name)) {
		for (const {addresses, ready, pod} of endpoints) {
			byAddress.set(pod ? `${pod.namespace}/${pod.name}` : (addresses[0] ?? ''), ready);
		}
	}

	return {
		ready: [...byAddress.values()].filter(Boolean).length,
		total: byAddress.size,
	};
}

function servesReady(snapshot: Snapshot, service: Service): boolean {
	const {ready, total} = readyOf(snapshot, service);
	return total > 0 && ready === total;
}
