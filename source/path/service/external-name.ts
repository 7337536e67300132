import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {parseIp} from '../../model/matching/ip.ts';
import type {Service} from '../../model/services/service.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {serviceFindings} from './catalogue.ts';

/**
KNET517 where a controller connects to an address itself: an address needs no look-up (Go's and Envoy's resolvers give it back; so does
ingress-nginx, whose util/dns.lua keeps the name where no server knows it).
*/
export function addressBehind({namespace, name, externalName: address = ''}: Service, by: string): Finding {
	return finding(serviceFindings.externalName, {
		message: `Service ${name} has the IP address ${address} as externalName: ${by} connects to it, and DNS has no record for it.`,
		evidence: [objectField({kind: 'Service', namespace, name}, 'spec.externalName', address)],
		remedy: 'Make a Service without selector and an EndpointSlice with this address instead.',
		command: kubectl({namespace}, 'get', 'service', name),
	});
}

/** KNET517 where a controller makes no endpoint of the name: ingress-nginx of a loopback name (endpointslices.go), NGINX Inc without Plus. */
export function aliasRefused(
	{namespace, name, externalName: target = ''}: Service,
	{by, why}: {readonly by: string; readonly why: string},
): Finding {
	return finding(serviceFindings.externalName, {
		severity: 'error',
		message: `${by} makes no endpoint of Service ${name}: ${why}.`,
		evidence: [objectField({kind: 'Service', namespace, name}, 'spec.externalName', target)],
		remedy: 'Name another host, or make a Service of the pods that should answer.',
		command: kubectl({namespace}, 'get', 'service', name),
	});
}

/** KNET517 where ingress-nginx takes the number of a name, which is 0, and connects to that port (endpointslices.go, IntValue). */
export function namedTargetPort({namespace, name}: Service, port: string, by: string): Finding {
	return finding(serviceFindings.externalName, {
		severity: 'error',
		message: `${by} connects to port 0 for Service ${name}: targetPort ${port} is a name, and no pod gives it a number.`,
		evidence: [objectField({kind: 'Service', namespace, name}, 'spec.ports[].targetPort', port)],
		remedy: 'Write the number of the port as targetPort.',
		command: kubectl({namespace}, 'get', 'service', name, '-o', 'yaml'),
	});
}

/** KNET517. An address is told by the DNS hop where clients look the Service up themselves. */
export function externalName(service: Service, asTarget: boolean): Finding | undefined {
	if (service.type !== 'ExternalName') {
		return undefined;
	}

	const name = service.externalName ?? '';
	const evidence = [objectField(refOf('Service', service), 'spec.externalName', name)];
	const command = kubectl(service, 'get', 'service', service.name);
	if (parseIp(name) && asTarget) {
		return undefined;
	}

	return parseIp(name)
		? finding(serviceFindings.externalName, {
				severity: 'warning',
				message: `Service ${service.name} has the IP address ${name} as externalName: the cluster DNS has no record for that.`,
				evidence,
				remedy: 'Make a Service without selector and an EndpointSlice with this address instead.',
				command,
			})
		: finding(serviceFindings.externalName, {
				message: `Service ${service.name} is only a DNS alias of ${name}: no endpoints, no proxy, no port mapping.`,
				evidence,
				remedy: 'Leave it if an alias is intended; clients connect to that name with the port they chose.',
				command,
			});
}
