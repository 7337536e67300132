import {kubectl} from '../../model/safe-text/command.ts';
import {refOf} from '../../model/ref.ts';
import {finding, objectField} from '../finding.ts';
import {loadBalancerFindings} from './catalogue.ts';
import type {Exposed} from './context.ts';
import type {Fault} from './fault.ts';

/** 222: the port of the pods that the Service sends to is closed by the settings of the proxy. */
export function closedTargetFaults({service, port, clientPort, closedTarget}: Exposed): readonly Fault[] {
	if (!closedTarget || port?.port !== clientPort) {
		return [];
	}

	const {implementation, target, listens} = closedTarget;
	const open = listens.length > 0 ? `on ${listens.join(' and ')}` : 'on no port';
	return [
		{
			finding: finding(loadBalancerFindings.proxyDoesNotListen, {
				message: `Service ${service.name} sends port ${clientPort} to ${target}; ${implementation} listens ${open}.`,
				evidence: [
					objectField(refOf('Service', service), 'spec.ports[].targetPort', String(port.targetPort)),
				],
				remedy: `Send port ${clientPort} of Service ${service.name} to a port that the proxy listens on, or change its flags.`,
				command: kubectl(service, 'get', 'service', service.name, '-o', 'jsonpath={.spec.ports}'),
			}),
			stop: 'refused',
		},
	];
}
