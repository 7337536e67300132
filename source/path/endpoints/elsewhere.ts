import {clientPod} from '../../rules/client-pod.ts';
import type {Service} from '../../model/services/service.ts';
import {endpointsElsewhere} from '../../rules/mesh/endpoints-elsewhere.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {endpointsFindings} from './catalogue.ts';
import {showSlices} from './service-evidence.ts';

/** KNET532: nothing here takes requests for the Service, and its mesh knows endpoints outside. */
export function elsewhere({snapshot, source}: HopContext, service: Service): Finding | undefined {
	const client = clientPod(snapshot, source);
	const found = endpointsElsewhere(snapshot, service, client);
	return (
		found &&
		finding(endpointsFindings.endpointsElsewhere, {
			message: `Service ${service.name} has no ready endpoint here, and may have ${found.what}.`,
			evidence: [objectField(found.object, found.path, found.value)],
			remedy: 'Send the request from the pod: the endpoints outside are not seen.',
			command: showSlices(service),
		})
	);
}
