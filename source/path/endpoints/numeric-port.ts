import {refOf} from '../../model/ref.ts';
import type {ContainerPort, Pod} from '../../model/workloads/pod.ts';
import {servingContainers} from '../../rules/endpoint-slices/endpoint-ports.ts';
import {objectField, type Finding, finding, type EvidenceField} from '../finding.ts';
import {namesOf} from '../words.ts';
import {serviceField, showPods} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';
import {endpointsFindings} from './catalogue.ts';
import type {Service} from '../../model/services/service.ts';

/**
KNET506 and KNET507 for a target port by number, or by a name that is of a port of another protocol than requests have. Every
selected pod is looked at; one that declares the port is enough: ports of containers are documentation (core/v1 ContainerPort).
`isRefused`: a probe of the port was refused.
*/
export function numericPort(view: EndpointsView, isRefused: boolean): Finding | undefined {
	const {service, sent, pods = []} = view;
	const declared = pods.flatMap(portsOf);
	const number = numberOf(view, declared);
	if (number === undefined || !service.selector || pods.length === 0) {
		return undefined;
	}

	const sameNumber = declared.filter(({containerPort}) => containerPort === number);
	if (sameNumber.some(({protocol}) => protocol === sent)) {
		return undefined;
	}

	return sameNumber.length > 0
		? otherProtocol(view, number, listOf(sameNumber))
		: notDeclared(view, declared, isRefused);
}

function otherProtocol(view: EndpointsView, number: number, declared: string): Finding {
	const {service, port, sent} = view;
	const isOwn = sent === port.protocol;
	const subject = isOwn
		? `Service ${service.name} sends ${sent} to port ${number}`
		: `Requests go by ${sent} to port ${number} of Service ${service.name}`;
	return finding(endpointsFindings.protocolMismatch, {
		message: `${subject}, which the pods declare as ${declared} only.`,
		evidence: [serviceField(service, `${fieldOf(view)}.protocol`, port.protocol), ...portFields(view)],
		remedy: isOwn
			? `Give the Service port the protocol that the application speaks on ${number}.`
			: `Send the requests to a port of Service ${service.name} behind which the pods listen by ${sent}.`,
		command: showPodsAsYaml(service),
	});
}

function notDeclared(view: EndpointsView, declared: readonly ContainerPort[], isRefused: boolean): Finding {
	const {service, port} = view;
	const end =
		declared.length > 0 ? `; they declare ${listOf(declared)}.` : ': that is legal, but check the number.';
	return finding(endpointsFindings.targetPortNotDeclared, {
		severity: isRefused ? 'warning' : undefined,
		message: `No container behind Service ${service.name} declares target port ${port.targetPort}${end}`,
		evidence: portFields(view),
		remedy: 'If the number is wrong, correct targetPort; if it is right, declare the port in the container.',
		command: showPodsAsYaml(service),
	});
}

function fieldOf({service, port}: EndpointsView): string {
	return `spec.ports[${service.ports.indexOf(port)}]`;
}

/** The target port, and what two of the pods declare. */
function portFields(view: EndpointsView): readonly EvidenceField[] {
	const {service, port, pods = []} = view;
	return [
		serviceField(service, `${fieldOf(view)}.targetPort`, String(port.targetPort)),
		...pods
			.slice(0, 2)
			.map((pod) =>
				objectField(refOf('Pod', pod), 'spec.containers[].ports', listOf(portsOf(pod)) || 'none'),
			),
	];
}

function showPodsAsYaml(service: Service): string {
	return showPods(service).replace(' -o wide', ' -o yaml');
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
