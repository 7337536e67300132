import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {objectField, finding} from '../finding.ts';
import type {Exposed} from './context.ts';
import type {Fault} from './fault.ts';
import {serviceFindings} from '../service/catalogue.ts';

/** 518: the client connects to a port that the load balancer was never told of (https, and only port 80 exposed). */
export function missingPortFaults({service, port: asked, clientPort}: Exposed): readonly Fault[] {
	const isUdp = asked?.protocol === 'UDP';
	const open = service.ports.filter(({protocol}) => (protocol === 'UDP') === isUdp).map(({port}) => port);
	if (service.type !== 'LoadBalancer' || clientPort === 0 || open.includes(clientPort) || open.length === 0) {
		return [];
	}

	return [
		{
			finding: finding(serviceFindings.servicePortMissing, {
				message: `The load balancer of ${service.name} has no port ${clientPort}; it has ${open.join(', ')}.`,
				evidence: [objectField(refOf('Service', service), 'spec.ports[].port', open.join(', '))],
				remedy: `Add port ${clientPort} to Service ${service.name}, or use one that it has.`,
				command: kubectl(service, 'get', 'service', service.name, '-o', 'jsonpath={.spec.ports}'),
			}),
			stop: 'dropped',
		},
	];
}
