import {clientPod} from '../../rules/client-pod.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import {membershipOf} from '../../rules/mesh/membership.ts';
import {type Finding, finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {saidOf} from '../port-speaks.ts';
import {serviceFindings} from './catalogue.ts';

/**
KNET530: the client of an `http://` URL speaks plain text, and the readiness probe of the port, or
its name, says TLS. A mesh may wrap the
request in TLS before it leaves the pod (Istio, DestinationRule with TLS mode SIMPLE).
*/
export function speaksTls(
	{snapshot, source}: HopContext,
	service: Service,
	port: ServicePort | undefined,
): Finding | undefined {
	const said = saidOf(snapshot, service, port);
	const client = clientPod(snapshot, source);
	const isWrapped = client !== undefined && membershipOf(snapshot, client) !== undefined;
	if (
		!port ||
		!said?.tls ||
		isWrapped ||
		!(said.isCertain || /\.(?:name|appProtocol)$/u.test(said.by.path))
	) {
		return undefined;
	}

	// Some programs take both on one port, and a name may say so; a name alone proves nothing.
	const isSure = said.isCertain && !/^http(?!s)/u.test(port.appProtocol ?? port.name);
	const by = said.isCertain ? 'its readiness probe speaks TLS' : 'the port is declared as HTTPS';
	return finding(serviceFindings.portSpeaksTls, {
		severity: isSure ? 'error' : 'warning',
		message: `The URL asks port ${port.port} of Service ${service.name} for plain HTTP, and ${by}.`,
		evidence: [said.by],
		remedy: 'Ask for https://, or let the program take plain HTTP.',
		command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
	});
}
