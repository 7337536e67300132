import type {Service} from '../../model/service.ts';
import type {EvidenceField} from '../finding.ts';
import {labelsText} from '../words.ts';

export function serviceField(service: Service, path: string, value: string): EvidenceField {
	return {object: `Service/${service.namespace}/${service.name}`, path, value};
}

export function selectorField(service: Service): EvidenceField {
	return serviceField(service, 'spec.selector', labelsText(service.selector ?? {}));
}

/** The command that shows what kube-proxy sees of a Service. */
export function showSlices(service: Service): string {
	return `kubectl -n ${service.namespace} get endpointslices -l kubernetes.io/service-name=${service.name} -o yaml`;
}

/** The command that shows the pods of a Service. */
export function showPods(service: Service): string {
	return `kubectl -n ${service.namespace} get pods -l ${labelsText(service.selector ?? {})} -o wide`;
}
