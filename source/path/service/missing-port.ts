import {refOf, refText} from '../../model/ref.ts';
import {kubectl} from '../../model/command.ts';
import {isHeadless, type Service, type ServicePort} from '../../model/service.ts';
import {type Finding, finding} from '../finding.ts';
import {serviceFindings} from './catalogue.ts';

/** How a caller names a Service port. Neither: every port. Both: the one that has both. */
export type PortQuery = {readonly name?: string; readonly number?: number};

/**
The ports that are meant. A number may fit several ports (TCP and UDP are two ports); an empty name never fits an unnamed
port, since it names nothing.
*/
export function selectPorts(service: Service, query: PortQuery | undefined): readonly ServicePort[] {
	if (!query || (query.number === undefined && !query.name)) {
		return service.ports;
	}

	return service.ports.filter(
		({name, port}) =>
			(query.number === undefined || port === query.number) && (!query.name || name === query.name),
	);
}

/** KNET518: only when the caller named a port and none fits. ExternalName maps no ports, so none can be missing. */
export function missingPort(service: Service, query: PortQuery | undefined): Finding | undefined {
	if (service.type === 'ExternalName' || !query || selectPorts(service, query).length > 0) {
		return undefined;
	}

	if (query.number === undefined && !query.name) {
		return undefined;
	}

	const requested = query.number ?? query.name;
	return finding(serviceFindings.servicePortMissing, {
		message: `Service ${service.name} has no port ${requested}; it has ${portList(service)}.${hint(service, query)}`,
		evidence: [{object: refText(refOf('Service', service)), path: 'spec.ports', value: portList(service)}],
		remedy: isHeadless(service)
			? 'Ask for a port of the Service; clients of a headless Service connect to the pods, on any port these listen on.'
			: 'Ask for one of these ports, or add the port to spec.ports.',
		command: kubectl(service, 'get', 'service', service.name),
		severity: isHeadless(service) ? 'warning' : undefined,
	});
}

function hint(service: Service, {name, number}: PortQuery): string {
	const asTarget = service.ports.find(({targetPort}) => targetPort === (number ?? name));
	return asTarget ? ` ${number ?? name} is the target port of ${asTarget.port}.` : '';
}

function portList({ports}: Service): string {
	return ports.length === 0
		? 'none'
		: ports.map(({name, port, protocol}) => `${port}/${protocol}${name ? ` (${name})` : ''}`).join(', ');
}
