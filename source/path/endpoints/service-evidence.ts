import {refOf, refText} from '../../model/ref.ts';
import {kubectl} from '../../model/command.ts';
import type {Service} from '../../model/service.ts';
import type {EvidenceField} from '../finding.ts';
import {labelsText} from '../words.ts';

export function serviceField(service: Service, path: string, value: string): EvidenceField {
	return {object: refText(refOf('Service', service)), path, value};
}

export function selectorField(service: Service): EvidenceField {
	return serviceField(service, 'spec.selector', labelsText(service.selector ?? {}));
}

/** The command that shows what kube-proxy sees of a Service. */
export function showSlices(service: Service): string {
	return kubectl(
		service,
		'get',
		'endpointslices',
		'-l',
		`kubernetes.io/service-name=${service.name}`,
		'-o',
		'yaml',
	);
}

/** The command that shows the pods of a Service. */
export function showPods(service: Service): string {
	return kubectl(service, 'get', 'pods', '-l', labelsText(service.selector ?? {}), '-o', 'wide');
}
