import {refOf, refText} from '../../model/ref.ts';
import {kubectl} from '../../model/command.ts';
import type {EndpointSlice} from '../../model/endpoint-slice.ts';
import {isHeadless, type Service, type ServicePort} from '../../model/service.ts';
import {type Finding, finding} from '../finding.ts';
import {serviceFindings} from './catalogue.ts';

/**
KNET513. A named target port is what the slices say it is; without a slice that tells, nothing is said. Headless Services
have no proxy that could turn one port into another (core/v1 ServiceSpec.clusterIP).
*/
export function headlessPort(
	service: Service,
	ports: readonly ServicePort[],
	slices: readonly EndpointSlice[],
): readonly Finding[] {
	if (!isHeadless(service)) {
		return [];
	}

	return ports.flatMap((port) => {
		const targets = targetNumbers(port, slices);
		return targets.length === 0 || targets.includes(port.port) ? [] : [notRemapped(service, port, targets)];
	});
}

function targetNumbers(port: ServicePort, slices: readonly EndpointSlice[]): readonly number[] {
	if (typeof port.targetPort === 'number') {
		return [port.targetPort];
	}

	const numbers = slices
		.flatMap(({ports}) => ports)
		.filter(({name, protocol}) => name === port.name && protocol === port.protocol)
		.flatMap(({port: number}) => number ?? []);
	return [...new Set(numbers)];
}

function notRemapped(service: Service, port: ServicePort, targets: readonly number[]): Finding {
	return finding(serviceFindings.headlessPortNotRemapped, {
		message: `Service ${service.name} is headless, so nothing maps port ${port.port} to ${targets.join(' or ')}: clients must connect to ${targets.join(' or ')}.`,
		evidence: [
			{object: refText(refOf('Service', service)), path: 'spec.clusterIP', value: 'None'},
			{
				object: refText(refOf('Service', service)),
				path: `spec.ports[${service.ports.indexOf(port)}].targetPort`,
				value: String(port.targetPort),
			},
		],
		remedy: `Let clients use port ${targets.join(' or ')}, or give the Service a cluster IP.`,
		command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
	});
}
