import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {serviceField, showSlices} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';
import {endpointsFindings} from './catalogue.ts';

/** KNET514. */
export function notReadyPublished({service}: EndpointsView): Finding | undefined {
	return service.publishNotReadyAddresses
		? finding(endpointsFindings.notReadyPublished, {
				message: `Service ${service.name} publishes its pods before they are ready (publishNotReadyAddresses).`,
				evidence: [serviceField(service, 'spec.publishNotReadyAddresses', 'true')],
				remedy: 'Keep this for peers that look for each other; give clients a Service without it.',
				command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
			})
		: undefined;
}

/** KNET519. */
export function singleEndpoint({service, endpoints, slices}: EndpointsView): Finding | undefined {
	const [only] = endpoints;
	return endpoints.length === 1 && only?.ready
		? finding(endpointsFindings.singleEndpoint, {
				message: `Service ${service.name} has one endpoint, ${only.pod ?? only.address}: when it goes, nothing answers.`,
				evidence: slices
					.slice(0, 1)
					.map((slice) => objectField(refOf('EndpointSlice', slice), 'endpoints', only.address)),
				remedy: 'Run a second replica where the application allows it.',
				command: showSlices(service),
			})
		: undefined;
}
