import type {Service} from '../../model/services/service.ts';
import {refOf} from '../../model/ref.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {serviceField, showSlices} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';
import {endpointsFindings} from './catalogue.ts';

/** KNET511: no selector, and no slice with an address that kube-proxy takes (it ignores the type FQDN). */
export function selectorless({service, slices, answering}: EndpointsView): Finding | undefined {
	const hasAddress = slices.some(
		({addressType, endpoints}) =>
			addressType !== 'FQDN' && endpoints.some(({addresses}) => addresses.length > 0),
	);
	if (service.selector || hasAddress || answering.length > 0) {
		return undefined;
	}

	const why =
		slices.length === 0
			? 'there is no EndpointSlice for it'
			: slices.some(({addressType}) => addressType === 'FQDN')
				? 'its EndpointSlices are of type FQDN, which kube-proxy ignores'
				: 'its EndpointSlices hold no address';
	return finding(endpointsFindings.selectorlessWithoutSlices, {
		message: `Service ${service.name} has no selector, and ${why}.`,
		evidence: [
			serviceField(service, 'spec.selector', 'none'),
			...slices
				.slice(0, 3)
				.map((slice) => objectField(refOf('EndpointSlice', slice), 'addressType', slice.addressType)),
		],
		remedy: `Add a selector, or make an EndpointSlice labelled kubernetes.io/service-name=${service.name}; a program that writes it says why not.`,
		command: showSlices(service),
	});
}

/** KNET511 of a manifest where the files hold no slice at all: what would write one is not seen. */
export function selectorlessManifest(service: Service): Finding {
	return finding(endpointsFindings.selectorlessWithoutSlices, {
		undecided: true,
		message: `Service ${service.name} has no selector, and the input holds no EndpointSlice for it.`,
		evidence: [serviceField(service, 'spec.selector', 'none')],
		remedy: 'Add a selector (look at its indentation), or give the EndpointSlice, too.',
		command: showSlices(service),
	});
}
