import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {azureProbeOf} from '../../rules/load-balancers/azure-probe.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import type {Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';

/**
214: the load balancer asks the controller for a host that no rule names, and the answer is not 200. Not said where the path was chosen, or
where a rule for any host answers.
*/
export function healthProbeFindings(exposed: Exposed): readonly Finding[] {
	const {service, port, hopContext, unknownHost} = exposed;
	const probe = port && azureProbeOf(hopContext.snapshot, service, port);
	const answer = probe && !probe.isPathGiven ? unknownHost?.() : undefined;
	if (!port || !probe || answer === undefined) {
		return [];
	}

	const {protocol, path, pathAnnotation, protocolFrom} = probe;
	const index = service.ports.indexOf(port);
	return [
		finding(loadBalancerFindings.healthProbeNotAnswered, {
			message: `Azure's ${protocol} health probe of port ${port.port} asks ${path} and gets ${answer}: no node is healthy, unless the probe is shared.`,
			evidence: [
				objectField(
					refOf('Service', service),
					protocolFrom === 'appProtocol'
						? `spec.ports[${index}].appProtocol`
						: `metadata.annotations[${protocolFrom}]`,
					protocol,
				),
				objectField(refOf('Service', service), `metadata.annotations[${pathAnnotation}]`, 'absent'),
			],
			remedy: `Set ${pathAnnotation} on the Service to a path that answers 200 to any host (ingress-nginx: /healthz).`,
			command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
		}),
	];
}
