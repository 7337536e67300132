import {refOf} from '../../model/ref.ts';
import {findPort, servingContainers} from '../../rules/endpoint-slices/endpoint-ports.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import type {Severity} from '../catalogue-entry.ts';
import {count, namesOf} from '../words.ts';
import {handMade, serviceField, showPods} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';
import {endpointsFindings} from './catalogue.ts';

/**
KNET505: the target port is a name that none, or only some, of the selected pods have. Also when a slice made by hand names
its port otherwise. An error when no ready endpoint has the port.
*/
export function namedPort(view: EndpointsView): Finding | undefined {
	return view.service.selector ? (ofSidecar(view) ?? unresolved(view)) : misnamed(view);
}

function unresolved(view: EndpointsView): Finding | undefined {
	const {service, port, endpoints, pods} = view;
	const lacking = pods?.filter((pod) => pod.podIPs.length > 0 && findPort(pod, port) === undefined) ?? [];
	const listed = endpoints.filter((endpoint) => endpoint.port === undefined);
	if (typeof port.targetPort === 'number' || lacking.length + listed.length === 0) {
		return undefined;
	}

	const all = pods?.filter(({podIPs}) => podIPs.length > 0).length ?? endpoints.length;
	const some = pods ? lacking.length : listed.length;
	if (some === 0) {
		return undefined;
	}

	const has = declared(view);
	return finding(endpointsFindings.namedTargetPortUnresolved, {
		// Pods that lack the name get no traffic; the others serve all of it.
		severity: severityOf(view),
		message: `Target port "${port.targetPort}" (${port.protocol}) of Service ${service.name} is not a port of ${podsText(some, all)}${has ? `; ${all === 1 ? 'it has' : 'they have'} ${has}` : ''}.`,
		evidence: [
			serviceField(service, `spec.ports[${service.ports.indexOf(port)}].targetPort`, port.targetPort),
			...lacking
				.slice(0, 3)
				.map((pod) =>
					objectField(
						refOf('Pod', pod),
						'spec.containers[].ports[].name',
						portNames(servingContainers(pod).flatMap(({ports}) => ports)) || 'none',
					),
				),
		],
		remedy:
			'Call the container port as targetPort says, with the same protocol, or give targetPort the number.',
		command: showPods(service).replace(' -o wide', ' -o yaml'),
	});
}

function severityOf(view: EndpointsView): Severity {
	if (view.answering.length > 0) {
		return view.anyPort ? 'warning' : 'info';
	}

	return isBroken(view) ? 'error' : 'warning';
}

function podsText(some: number, all: number): string {
	if (some < all) {
		return `${some} of ${count(all, 'pod')}`;
	}

	return all === 1 ? 'the only pod' : `any of the ${all} pods`;
}

/** Up to 1.31 the endpoints controllers look for the name in containers alone (kubernetes/kubernetes#127958, #128850). */
function ofSidecar({service, port, endpoints, answering, pods = []}: EndpointsView): Finding | undefined {
	const {targetPort, protocol} = port;
	const isLeftOut = answering.length === 0 && endpoints.some((each) => each.ready && each.port === undefined);
	const [found] = pods.flatMap((pod) => {
		const isNamed = pod.containers.some(({ports}) => ports.some(({name}) => name === targetPort));
		const sidecar = pod.initContainers.find(
			(each) =>
				each.sidecar && each.ports.some((own) => own.name === targetPort && own.protocol === protocol),
		);
		return isNamed || !sidecar ? [] : [{pod, sidecar}];
	});
	if (!isLeftOut || !found || typeof targetPort === 'number') {
		return undefined;
	}

	const {pod, sidecar} = found;
	const number = sidecar.ports.find(({name}) => name === targetPort)?.containerPort;
	return finding(endpointsFindings.namedTargetPortUnresolved, {
		message: `Target port "${targetPort}" (${protocol}) of Service ${service.name} is a port of sidecar ${sidecar.name}, an init container, and the EndpointSlices leave it out: older Kubernetes looks for the name in containers alone.`,
		evidence: [
			serviceField(service, `spec.ports[${service.ports.indexOf(port)}].targetPort`, targetPort),
			objectField(refOf('Pod', pod), `spec.initContainers[${sidecar.name}].ports[].name`, targetPort),
		],
		remedy: `Give targetPort the number${number === undefined ? '' : ` ${number}`}, or make the sidecar a container.`,
		command: showPods(service).replace(' -o wide', ' -o yaml'),
	});
}

/** With pods that are not ready either, those are the error: the name comes next. Clients of a headless Service choose ports. */
function isBroken({anyPort, endpoints}: EndpointsView): boolean {
	return !anyPort && endpoints.some(({ready}) => ready);
}

function declared({pods = []}: EndpointsView): string {
	const ports = pods.flatMap((pod) => servingContainers(pod).flatMap((container) => container.ports));
	return portNames(ports);
}

function portNames(
	ports: readonly {readonly name: string; readonly containerPort: number; readonly protocol: string}[],
): string {
	return namesOf([
		...new Set(
			ports.map(
				({name, containerPort, protocol}) => `${name ? `${name} = ` : ''}${containerPort}/${protocol}`,
			),
		),
	]);
}

/** A slice that people made, or that was copied from Endpoints, belongs to the Service port of the same name only. */
function misnamed(view: EndpointsView): Finding | undefined {
	const {service, port, slices, endpoints, answering, anyPort} = view;
	const names = [...new Set(slices.flatMap(({ports}) => ports.map(({name}) => name)))];
	if (answering.length > 0 || !endpoints.some(({ready}) => ready) || anyPort) {
		return undefined;
	}

	const own = handMade(service, slices);
	const calls =
		names.length === 0
			? 'have no port'
			: `call their port ${namesOf(names.map((name) => (name === '' ? 'nothing' : `"${name}"`)))}`;
	return finding(endpointsFindings.namedTargetPortUnresolved, {
		message: `The ${own.kind} of Service ${service.name} ${calls}, the Service calls it "${port.name}" (${port.protocol}): no endpoint counts.`,
		evidence: [
			serviceField(service, `spec.ports[${service.ports.indexOf(port)}].name`, port.name),
			...slices
				.slice(0, 3)
				.map((slice) =>
					objectField(
						refOf('EndpointSlice', slice),
						'ports[].name',
						slice.ports.map(({name}) => name || '(none)').join(', '),
					),
				),
		],
		remedy: `Give the port in ${own.object} the name and protocol of the Service port.`,
		command: own.command,
	});
}
