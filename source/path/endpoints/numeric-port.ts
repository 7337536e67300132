import {refOf} from '../../model/ref.ts';
import type {ContainerPort, Pod} from '../../model/workloads/pod.ts';
import {servingContainers} from '../../rules/endpoint-slices/endpoint-ports.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {namesOf} from '../words.ts';
import {serviceField, showPods} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';
import {endpointsFindings} from './catalogue.ts';

/**
KNET506 and KNET507 for a target port by number, or by a name that is of a port of another protocol than requests have. Every selected pod is looked at; one that declares the port is enough: ports of
containers are documentation (core/v1 ContainerPort). `isRefused`: a probe of the port was refused.
*/
export function numericPort(view: EndpointsView, isRefused: boolean): Finding | undefined {
	const {service, port, sent, pods = []} = view;
	const declared = pods.flatMap(portsOf);
	const number = numberOf(view, declared);
	if (number === undefined || !service.selector || pods.length === 0) {
		return undefined;
	}

	const sameNumber = declared.filter(({containerPort}) => containerPort === number);
	if (sameNumber.some(({protocol}) => protocol === sent)) {
		return undefined;
	}

	const path = `spec.ports[${service.ports.indexOf(port)}]`;
	const evidence = [
		serviceField(service, `${path}.targetPort`, String(port.targetPort)),
		...pods
			.slice(0, 2)
			.map((pod) =>
				objectField(refOf('Pod', pod), 'spec.containers[].ports', listOf(portsOf(pod)) || 'none'),
			),
	];
	const command = showPods(service).replace(' -o wide', ' -o yaml');
	if (sameNumber.length > 0) {
		return finding(endpointsFindings.protocolMismatch, {
			message:
				sent === port.protocol
					? `Service ${service.name} sends ${sent} to port ${number}, which the pods declare as ${listOf(sameNumber)} only.`
					: `Requests go by ${sent} to port ${number} of Service ${service.name}, which the pods declare as ${listOf(sameNumber)} only.`,
			evidence: [serviceField(service, `${path}.protocol`, port.protocol), ...evidence],
			remedy:
				sent === port.protocol
					? `Give the Service port the protocol that the application speaks on ${number}.`
					: `Send the requests to a port of Service ${service.name} behind which the pods listen by ${sent}.`,
			command,
		});
	}

	return finding(endpointsFindings.targetPortNotDeclared, {
		severity: isRefused ? 'warning' : undefined,
		message: `No container behind Service ${service.name} declares target port ${port.targetPort}${declared.length > 0 ? `; they declare ${listOf(declared)}` : ''}: that is legal, but check the number.`,
		evidence,
		remedy: 'If the number is wrong, correct targetPort; if it is right, declare the port in the container.',
		command,
	});
}

/** A name is found among ports of the protocol of the Service port, and its number is asked by that of the requests. */
function numberOf(
	{port: {targetPort, protocol}, sent}: EndpointsView,
	declared: readonly ContainerPort[],
): number | undefined {
	return typeof targetPort === 'number'
		? targetPort
		: sent === protocol
			? undefined
			: declared.find((each) => each.name === targetPort && each.protocol === protocol)?.containerPort;
}

function portsOf(pod: Pod): readonly ContainerPort[] {
	return servingContainers(pod).flatMap(({ports}) => ports);
}

function listOf(ports: readonly ContainerPort[]): string {
	return namesOf([...new Set(ports.map(({containerPort, protocol}) => `${containerPort}/${protocol}`))]);
}
