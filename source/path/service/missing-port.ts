import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {isHeadless, isPortNumber, type Service, type ServicePort} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {objectField, finding} from '../finding.ts';
import {serviceFindings} from './catalogue.ts';
import type {ServiceFault} from './headless-port.ts';
import {declaresPort, readyPods, targetNumbers} from './pod-ports.ts';

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

/** KNET518: the caller named a port and none fits, or there is none. ExternalName maps no ports, so none can be missing. */
export function missingPort(
	service: Service,
	query: PortQuery | undefined,
	podPort?: ServicePort,
): ServiceFault | undefined {
	const refused = service.ports.find(({port}) => !isPortNumber(port));
	if (refused) {
		return withoutNumber(service, refused);
	}

	if (service.type === 'ExternalName' || selectPorts(service, query).length > 0) {
		return undefined;
	}

	if (!query || (query.number === undefined && !query.name)) {
		return isHeadless(service) ? undefined : withoutPorts(service);
	}

	const requested = query.number ?? query.name;
	const isBound = !isHeadless(service);
	return {
		finding: finding(serviceFindings.servicePortMissing, {
			message: `Service ${service.name} has no port ${requested}; it has ${portList(service)}.${podPort ? ` It is headless: clients connect to ${requested} of its pods.` : hint(service, query)}`,
			evidence: [objectField(refOf('Service', service), 'spec.ports', portList(service))],
			remedy: podPort
				? 'Do nothing: clients of a headless Service connect to the pods, on any port these listen on.'
				: isBound
					? 'Ask for one of these ports, or add the port to spec.ports.'
					: 'Ask for a port that the pods listen on; clients of a headless Service connect to the pods.',
			command: kubectl(service, 'get', 'service', service.name),
			severity: podPort ? 'info' : isBound ? undefined : 'warning',
		}),
		// In iptables mode, Kubernetes' default: no rule, the packet leaves the node. The walk puts right what other modes do.
		stop: isBound ? 'dropped' : undefined,
	};
}

/** Only a file holds one: the API server refuses it (ValidateService of pkg/apis/core/validation: spec.ports is required). */
function withoutPorts(service: Service): ServiceFault {
	return {
		finding: finding(serviceFindings.servicePortMissing, {
			message: `Service ${service.name} has no ports. Only a headless Service may have none; the API server refuses others.`,
			evidence: [objectField(refOf('Service', service), 'spec.ports', 'none')],
			remedy: 'Add the port to spec.ports, or set clusterIP: None.',
			command: kubectl(service, 'get', 'service', service.name),
		}),
		stop: 'dropped',
	};
}

/** Only a file holds one: `port: "80"` is text, and no port is 0 (ValidateService: IsValidPortNum of spec.ports[*].port). */
function withoutNumber(service: Service, {port}: ServicePort): ServiceFault {
	return {
		finding: finding(serviceFindings.servicePortMissing, {
			message: `A port of Service ${service.name} is no number from 1 to 65535; the API server refuses it.`,
			evidence: [
				objectField(refOf('Service', service), 'spec.ports', port === 0 ? 'no number' : String(port)),
			],
			remedy: 'Write the port as a number, without quotes.',
			command: kubectl(service, 'get', 'service', service.name),
		}),
		stop: 'dropped',
	};
}

/**
The port of the pods that a client of a headless Service asks for, where spec.ports does not have it: DNS gives the addresses of
the pods, and every port of theirs is open to it (docs: Headless Services). It is a target port, or every ready pod declares it.
*/
export function portOfPods(
	snapshot: Snapshot,
	service: Service,
	query: PortQuery | undefined,
): ServicePort | undefined {
	const number = query?.name ? undefined : query?.number;
	if (number === undefined || !isHeadless(service) || selectPorts(service, query).length > 0) {
		return undefined;
	}

	const slices = snapshot.slicesOf(service.namespace, service.name);
	const pods = readyPods(snapshot, slices);
	const port =
		service.ports.find((each) => targetNumbers(each, slices).includes(number)) ??
		service.ports.find(
			({protocol}) => pods.length > 0 && pods.every((pod) => declaresPort(pod, number, protocol)),
		);
	// Without spec.ports it is there for the names of its pods alone.
	const found = port ?? (service.ports.length === 0 ? unnamed : undefined);
	return found && {...found, port: number, targetPort: number};
}

const unnamed = {name: '', protocol: 'TCP'} as const;

function hint(service: Service, {name, number}: PortQuery): string {
	const asTarget = service.ports.find(({targetPort}) => targetPort === (number ?? name));
	return asTarget ? ` ${number ?? name} is the target port of ${asTarget.port}.` : '';
}

function portList({ports}: Service): string {
	return ports.length === 0
		? 'none'
		: ports.map(({name, port, protocol}) => `${port}/${protocol}${name ? ` (${name})` : ''}`).join(', ');
}
