import {clientPod} from '../../rules/client-pod.ts';
import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {EndpointSlice} from '../../model/services/endpoint-slice.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {isHeadless, type Service, type ServicePort} from '../../model/services/service.ts';
import {membershipOf} from '../../rules/mesh/membership.ts';
import type {StopReason} from '../../rules/stop.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {serviceFindings} from './catalogue.ts';
import {declaresPort, readyPods, targetNumbers} from './pod-ports.ts';

/** What is wrong with a Service, and why the request stops there where it is an error. */
export type ServiceFault = {readonly finding: Finding; readonly stop?: StopReason};

/** `clientPort`: the number that the client connects to, where it is known. */
type HeadlessRequest = {
	readonly service: Service;
	readonly ports: readonly ServicePort[];
	readonly slices: readonly EndpointSlice[];
	readonly clientPort?: number;
};

/** KNET513. Headless Services have no proxy that could turn one port into another (core/v1 ServiceSpec.clusterIP). */
export function headlessPort(hopContext: HopContext, request: HeadlessRequest): readonly ServiceFault[] {
	const {service, ports, slices} = request;
	if (!isHeadless(service)) {
		return [];
	}

	return ports.flatMap((port) => {
		const targets = targetNumbers(port, slices);
		return isMapped(port, targets)
			? []
			: [
					notRemapped(request, {
						port,
						targets,
						refusing: refusingPods(hopContext, request, {port, targets}),
						twin: twinOf(hopContext, service, {port, targets}),
					}),
				];
	});
}

/** Clients reach the pods by the number of the port itself. */
function isMapped(port: ServicePort, targets: readonly number[]): boolean {
	return targets.length === 0 || targets.includes(port.port);
}

/** A headless Service whose pods take another number than its port has. */
export function isUnmapped(service: Service, port: ServicePort, slices: readonly EndpointSlice[]): boolean {
	return isHeadless(service) && !isMapped(port, targetNumbers(port, slices));
}

type Unmapped = {readonly port: ServicePort; readonly targets: readonly number[]};

/** The Service with a cluster IP for the same port of the same pods: clients use that one, and the headless one is for their names. */
function twinOf({snapshot}: HopContext, service: Service, {port, targets}: Unmapped): Service | undefined {
	return snapshot
		.list('Service', service.namespace)
		.find(
			(other) =>
				other.clusterIPs.length > 0 &&
				!isHeadless(other) &&
				isSameSelector(other.selector, service.selector) &&
				other.ports.some(
					(each) =>
						each.port === port.port &&
						each.protocol === port.protocol &&
						targetNumbers(each, snapshot.slicesOf(other.namespace, other.name)).some((number) =>
							targets.includes(number),
						),
				),
		);
}

function isSameSelector(one: Service['selector'], other: Service['selector']): boolean {
	const entries = Object.entries(one ?? {});
	return (
		entries.length > 0 &&
		entries.length === Object.keys(other ?? {}).length &&
		entries.every(([key, value]) => other?.[key] === value)
	);
}

/**
The ready pods, where nothing suggests that one of them takes the port of the Service: each declares the target port, and none the
port that the client connects to (kubernetes#20488). A sidecar of Istio maps the port of HTTP: nothing is certain with one.
*/
function refusingPods(
	{snapshot, source}: HopContext,
	{slices, clientPort}: HeadlessRequest,
	{port, targets}: Unmapped,
): readonly Pod[] {
	const client = clientPod(snapshot, source);
	const pods = clientPort === port.port ? readyPods(snapshot, slices) : [];
	const isPlain = (pod: Pod): boolean => membershipOf(snapshot, pod) === undefined;
	const refuses = (pod: Pod): boolean =>
		!pod.hostNetwork &&
		isPlain(pod) &&
		targets.some((target) => declaresPort(pod, target, port.protocol)) &&
		!declaresPort(pod, port.port, port.protocol);
	return (!client || isPlain(client)) && pods.every(refuses) ? pods : [];
}

function notRemapped(
	{service}: HeadlessRequest,
	{
		port,
		targets,
		refusing,
		twin,
	}: Unmapped & {readonly refusing: readonly Pod[]; readonly twin: Service | undefined},
): ServiceFault {
	const isRefused = refusing.length > 0;
	const target = targets.join(' or ');
	const declared = isRefused ? `, and its pods declare no port ${port.port}` : '';
	return {
		finding: finding(serviceFindings.headlessPortNotRemapped, {
			severity: isRefused ? 'error' : twin ? 'info' : undefined,
			message: `Service ${service.name} is headless, so nothing maps port ${port.port} to ${target}${declared}: clients must connect to ${target}.`,
			evidence: [
				objectField(refOf('Service', service), 'spec.clusterIP', 'None'),
				objectField(
					refOf('Service', service),
					`spec.ports[${service.ports.indexOf(port)}].targetPort`,
					String(port.targetPort),
				),
				...refusing
					.slice(0, 1)
					.map((pod) =>
						objectField(refOf('Pod', pod), 'spec.containers[].ports[].containerPort', declaredText(pod)),
					),
			],
			remedy: `Let clients use port ${target}, or ${twin ? `Service ${twin.name}, which has a cluster IP` : 'give the Service a cluster IP'}.`,
			command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
		}),
		stop: isRefused ? 'refused' : undefined,
	};
}

function declaredText({containers}: Pod): string {
	return containers.flatMap(({ports}) => ports.map(({containerPort}) => containerPort)).join(', ');
}
