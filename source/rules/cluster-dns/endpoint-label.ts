import type {Endpoint} from '../../model/services/endpoint-slice.ts';

/**
The label of an endpoint's own record: its hostname (which the EndpointSlice controller sets only where the pod's
subdomain names the Service), with `endpoint_pod_names` the pod's name, else the address with dashes.
*/
export function endpointLabel(
	endpoint: Pick<Endpoint, 'hostname' | 'pod'>,
	address: string,
	options: {readonly endpointPodNames: boolean},
): string {
	if (endpoint.hostname) {
		return endpoint.hostname;
	}

	// A pod name too long for a label is not used (plugin/kubernetes object/endpoint.go).
	if (options.endpointPodNames && endpoint.pod && endpoint.pod.name.length < 64) {
		return endpoint.pod.name;
	}

	if (address.includes('.')) {
		return address.replaceAll('.', '-');
	}

	const label = address.replaceAll(':', '-');
	return label.endsWith('-') ? `${label}0` : label;
}
