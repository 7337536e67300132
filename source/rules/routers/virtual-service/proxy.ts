import type {Labels} from '../../../model/meta.ts';
import type {Service} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {type Workload, isServerKind} from '../../../model/workloads/workload.ts';
import type {IstioGateway, VirtualService} from '../../../model/routes/istio.ts';
import {matchesLabels} from '../../../model/matching/label-selector.ts';
import {gatewayName} from '../../istio/hosts.ts';
import type {GatewayProxy} from '../../istio/servers.ts';
import type {Controller} from '../../controllers/record/controller.ts';

/** `namespace/name` of the Gateways that a VirtualService names: all but `mesh`. */
export function gatewayNamesOf({gateways, namespace}: VirtualService): readonly string[] {
	return gateways.map((name) => gatewayName(name, namespace)).filter((name) => name !== 'mesh');
}

export function gatewaysFor(snapshot: Snapshot, object: VirtualService): readonly IstioGateway[] {
	return gatewayNamesOf(object).flatMap((name) => gatewayNamed(snapshot, name) ?? []);
}

export function gatewayNamed(snapshot: Snapshot, full: string): IstioGateway | undefined {
	const [namespace = '', name = ''] = full.split('/');
	return snapshot.get('IstioGateway', namespace, name);
}

/** A gateway is a workload of Istio's proxy; charts leave its image to be injected, as `auto`. */
export function isGatewayProxy({containers, templateLabels}: Workload): boolean {
	return (
		templateLabels['istio.io/gateway-name'] !== undefined ||
		(containers.length === 1 &&
			containers.every(({name, image}) => name === 'istio-proxy' || image === 'auto'))
	);
}

export function selects({selector}: IstioGateway, labels: Labels): boolean {
	return selector === undefined || matchesLabels(selector, labels);
}

/** The proxies of a controller, as its workload shows them. */
export function proxyOf(snapshot: Snapshot, {workload}: Controller): GatewayProxy | undefined {
	const found =
		workload && isServerKind(workload.kind)
			? snapshot.get(workload.kind, workload.namespace ?? '', workload.name)
			: undefined;
	return (
		found && {
			namespace: found.namespace,
			labels: found.templateLabels,
			services: servicesOf(snapshot, found),
		}
	);
}

/** With target ports as numbers, where the containers name them. */
function servicesOf(
	snapshot: Snapshot,
	{namespace, templateLabels, containers}: Workload,
): readonly Service[] {
	const named = new Map(
		containers.flatMap(({ports}) => ports.map(({name, containerPort}) => [name, containerPort] as const)),
	);
	return snapshot
		.list('Service', namespace)
		.filter(({selector}) => selector && matchesLabels(selector, templateLabels))
		.map((service) => ({
			...service,
			ports: service.ports.map((port) => ({
				...port,
				targetPort: named.get(String(port.targetPort)) ?? port.targetPort,
			})),
		}));
}

/** Where a connection to a port of the proxies' Service arrives. */
export function arrivalPort(proxy: GatewayProxy, service: Service | undefined, port: number): number {
	const own = proxy.services.find(
		({name, namespace}) => service?.name === name && service.namespace === namespace,
	);
	const target = own?.ports.find((each) => each.port === port && each.protocol === 'TCP')?.targetPort;
	return typeof target === 'number' ? target : port;
}
