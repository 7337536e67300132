import type {Gateway} from '../../../model/routes/gateway.ts';
import type {Service, ServicePort} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Controller} from '../../controllers/record/controller.ts';

/** What of a controller the mapping needs. */
type Exposed = Pick<Controller, 'services' | 'pods'> | undefined;

/**
Which listener ports a client's port leads to. A controller that serves every Gateway with one data plane (Traefik) has listeners
on the ports of its process: its Service maps the client's port to them (service port → target port, named ones by EndpointSlices
or the pods' container ports). Others listen on the client's own port.
*/
export function listenerPortsFor(
	snapshot: Snapshot,
	controller: Exposed,
	{gateway, clientPort}: {readonly gateway: Gateway; readonly clientPort: number},
): readonly number[] {
	const ports = gateway.listeners.map(({port}) => port);
	const mapped = (controller?.services ?? [])
		.flatMap((service) =>
			service.ports
				.filter(({port}) => port === clientPort)
				.flatMap((port) => targetPorts(snapshot, controller, {service, port})),
		)
		.filter((port) => ports.includes(port));
	const own = ports.includes(clientPort) ? [clientPort] : [];
	return [...new Set(mapped.length > 0 ? mapped : own)];
}

/** A named target port that neither slices nor pods resolve: nobody runs behind the Service, and where it would lead is not known. */
export function isUnresolvedPort(snapshot: Snapshot, controller: Exposed, clientPort: number): boolean {
	return (controller?.services ?? []).some((service) =>
		service.ports.some(
			(port) => port.port === clientPort && targetPorts(snapshot, controller, {service, port}).length === 0,
		),
	);
}

/** The port that clients use for a listener: the Service port that leads to it, else its own. */
export function clientPortFor(snapshot: Snapshot, controller: Exposed, listenerPort: number): number {
	const mapped = (controller?.services ?? []).flatMap((service) =>
		service.ports.filter((port) => targetPorts(snapshot, controller, {service, port}).includes(listenerPort)),
	);
	return mapped[0]?.port ?? listenerPort;
}

function targetPorts(
	snapshot: Snapshot,
	controller: Exposed,
	{service, port}: {readonly service: Service; readonly port: ServicePort},
): readonly number[] {
	if (typeof port.targetPort === 'number') {
		return [port.targetPort];
	}

	// A slice carries the number that the name was resolved to, under the name of the Service port.
	const ofSlices = snapshot
		.slicesOf(service.namespace, service.name)
		.flatMap(({ports}) => ports)
		.filter(({name}) => name === port.name)
		.flatMap((each) => each.port ?? []);
	return ofSlices.length > 0
		? ofSlices
		: (controller?.pods ?? [])
				.flatMap(({containers}) => containers.flatMap(({ports}) => ports))
				.filter(({name}) => name === port.targetPort)
				.map(({containerPort}) => containerPort);
}
