import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {EndpointSlice} from '../../model/services/endpoint-slice.ts';
import {mirroringController} from '../../rules/endpoint-slices/slice-labels.ts';
import type {Service} from '../../model/services/service.ts';
import {objectField, type EvidenceField} from '../finding.ts';
import {labelsText} from '../words.ts';

export function serviceField(service: Service, path: string, value: string): EvidenceField {
	return objectField(refOf('Service', service), path, value);
}

export function selectorField(service: Service): EvidenceField {
	return serviceField(service, 'spec.selector', labelsText(service.selector ?? {}));
}

/** The command that shows what kube-proxy sees of a Service. */
export function showSlices({namespace, name}: NamedService, output = 'yaml'): string {
	return kubectl(
		{namespace},
		'get',
		'endpointslices',
		'-l',
		`kubernetes.io/service-name=${name}`,
		'-o',
		output,
	);
}

type NamedService = {readonly namespace: string; readonly name: string};

/** The nodes of the endpoints of a Service. */
export const nodeColumn = 'custom-columns=NODE:.endpoints[*].nodeName';

/** What people or programs write the endpoints of a Service without selector in: slices that mirror Endpoints follow those. */
export function handMade(
	service: Service,
	slices: readonly EndpointSlice[],
): {readonly kind: string; readonly object: string; readonly command: string} {
	return slices.some(({managedBy}) => managedBy === mirroringController)
		? {
				kind: 'Endpoints',
				object: `the Endpoints ${service.name}, of which the EndpointSlice is a copy`,
				command: kubectl(service, 'get', 'endpoints', service.name, '-o', 'yaml'),
			}
		: {kind: 'EndpointSlices', object: 'the EndpointSlice', command: showSlices(service)};
}

/** The command that shows the pods of a Service. */
export function showPods(service: Service): string {
	return kubectl(service, 'get', 'pods', '-l', labelsText(service.selector ?? {}), '-o', 'wide');
}
