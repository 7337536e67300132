import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import {azureProbeOf, type HttpProbe} from '../../rules/load-balancers/azure-probe.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../finding.ts';
import {saidOf} from '../port-speaks.ts';
import type {Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';

/** 214: what the probe of the load balancer gets is not 200. */
export function healthProbeFindings(exposed: Exposed): readonly Finding[] {
	const {service, port, hopContext} = exposed;
	const probe = port && azureProbeOf(hopContext.snapshot, service, port);
	const found = probe && (spokenOtherwise(exposed, probe) ?? answeredOtherwise(exposed, probe));
	return found ? [found] : [];
}

/** The probe speaks TLS, and the pods pass their readiness probe of that port by plain HTTP; or the other way round. */
function spokenOtherwise({service, port, hopContext}: Exposed, probe: HttpProbe): Finding | undefined {
	const said = saidOf(hopContext.snapshot, service, probe.port);
	const {protocol} = probe;
	return port && said?.isCertain && !said.alsoTls && said.tls !== (protocol === 'https')
		? finding(loadBalancerFindings.healthProbeNotAnswered, {
				message: `Azure's ${protocol} health probe of port ${port.port} speaks ${said.tls ? 'plain HTTP, the pods TLS' : 'TLS, the pods plain HTTP'}: no node is healthy unless the probe is shared.`,
				evidence: [protocolField(service, port, probe), said.by],
				remedy: `Let ${probe.protocolFrom} say what the pods speak: ${said.tls ? 'https' : 'http'}, or tcp.`,
				command: showService(service),
			})
		: undefined;
}

/** The probe asks the controller for a host that no rule names. Not said where the path or the port was chosen, or where a rule for any host answers. */
function answeredOtherwise({service, port, unknownHost}: Exposed, probe: HttpProbe): Finding | undefined {
	const {protocol, path, pathAnnotation, isPathGiven} = probe;
	const answer = isPathGiven || probe.port !== port ? undefined : unknownHost?.();
	return port && answer !== undefined
		? finding(loadBalancerFindings.healthProbeNotAnswered, {
				message: `Azure's ${protocol} health probe of port ${port.port} asks ${path} and gets ${answer}: no node is healthy, unless the probe is shared.`,
				evidence: [
					protocolField(service, port, probe),
					objectField(refOf('Service', service), `metadata.annotations[${pathAnnotation}]`, 'absent'),
				],
				remedy: `Set ${pathAnnotation} on the Service to a path that answers 200 to any host (ingress-nginx: /healthz).`,
				command: showService(service),
			})
		: undefined;
}

function protocolField(
	service: Service,
	port: ServicePort,
	{protocol, protocolFrom}: HttpProbe,
): EvidenceField {
	return objectField(
		refOf('Service', service),
		protocolFrom === 'appProtocol'
			? `spec.ports[${service.ports.indexOf(port)}].appProtocol`
			: `metadata.annotations[${protocolFrom}]`,
		protocol,
	);
}

function showService(service: Service): string {
	return kubectl(service, 'get', 'service', service.name, '-o', 'yaml');
}
