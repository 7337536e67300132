import {kubectl} from '../../model/safe-text/command.ts';
import {parseIp} from '../../model/matching/ip.ts';
import {refOf} from '../../model/ref.ts';
import {isHeadless, type IpFamily} from '../../model/services/service.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {serviceField, showSlices} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';
import {endpointsFindings} from './catalogue.ts';

/**
KNET515: a family of the Service has no endpoint while another has some. An error when that family was asked for. A headless
Service without selector is dual-stack by default wherever it runs (core/v1 ipFamilyPolicy), so nothing is missing there.
*/
export function missingFamily(view: EndpointsView): Finding | undefined {
	const {service, family, slices} = view;
	if (service.ipFamilies.length === 0 || (isHeadless(service) && !service.selector)) {
		return undefined;
	}

	const lacking = service.ipFamilies.filter((item) => !hasEndpoint(view, item));
	const requested = family === undefined ? lacking : lacking.filter((item) => item === family);
	const isOnly = lacking.length === service.ipFamilies.length;
	if (requested.length === 0 || isOnly) {
		return undefined;
	}

	const hasSlice = slices.some(({addressType}) => requested.some((item) => item === addressType));
	return finding(endpointsFindings.familyWithoutSlice, {
		severity: family === undefined ? 'warning' : undefined,
		message: `Service ${service.name} is meant for ${service.ipFamilies.join(' and ')}, and ${hasSlice ? 'no endpoint has an' : 'there is no EndpointSlice for'} ${namesOf(requested)}${hasSlice ? ' address' : ''}.`,
		evidence: [
			serviceField(service, 'spec.ipFamilies', service.ipFamilies.join(', ')),
			...slices
				.slice(0, 4)
				.map((slice) =>
					objectField(
						refOf('EndpointSlice', slice),
						'addressType',
						`${slice.addressType} (${slice.endpoints.length} endpoints)`,
					),
				),
		],
		remedy: 'Give the pods addresses of both families, or set ipFamilyPolicy: SingleStack.',
		command: showSlices(service),
	});
}

function hasEndpoint({slices}: EndpointsView, family: IpFamily): boolean {
	return slices.some(({addressType, endpoints}) => addressType === family && endpoints.length > 0);
}

/** KNET515: no pod has an address of a family of the Service, so the EndpointSlices stay empty. */
export function podsLackFamily({service, pods = []}: EndpointsView): Finding | undefined {
	const ready = pods.filter((pod) => pod.ready && pod.podIPs.length > 0);
	const [first] = ready;
	const isAnyFamily = ready.some(({podIPs}) =>
		podIPs.some((ip) => service.ipFamilies.some((family) => parseIp(ip)?.family === family)),
	);
	return !first || service.ipFamilies.length === 0 || isAnyFamily
		? undefined
		: finding(endpointsFindings.familyWithoutSlice, {
				message: `Service ${service.name} is meant for ${service.ipFamilies.join(' and ')}, and none of its ${count(ready.length, 'ready pod')} has such an address.`,
				evidence: [
					serviceField(service, 'spec.ipFamilies', service.ipFamilies.join(', ')),
					objectField(refOf('Pod', first), 'status.podIPs', first.podIPs.join(', ')),
				],
				remedy:
					'Set the ipFamilies of the Service to what the pods have, or give the pods addresses of that family.',
				command: kubectl(service, 'get', 'pods', '-o', 'wide'),
			});
}
