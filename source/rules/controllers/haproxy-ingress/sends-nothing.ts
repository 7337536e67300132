import type {NothingSent} from '../record/nothing-sent.ts';
import type {AskedOfBackend} from '../record/record.ts';
import {isOn} from '../record/classes.ts';
import {isAtLeast} from '../../version.ts';

const slicesFlag = 'enable-endpointslices-api';

/** CreateEndpoints and matchPort (pkg/converters/utils/services.go; both seen on 0.14.0: 503). */
export function sendsNothing(asked: AskedOfBackend): NothingSent | undefined {
	const {service, port} = asked;
	return port.protocol === 'TCP' || service.type === 'ExternalName'
		? byEndpoints(asked)
		: {
				why: `it takes the port ${port.name || port.port} of ${port.protocol}, and sends to endpoints of TCP alone`,
				field: 'spec.ports[].protocol',
				value: port.protocol,
				remedy: 'Name the port of TCP in the Ingress.',
			};
}

/** Written by Kubernetes from the selector, or copied from Endpoints. */
const byKubernetes: readonly string[] = [
	'endpointslice-controller.k8s.io',
	'endpointslicemirroring-controller.k8s.io',
];

/**
Before 0.16 it reads Endpoints unless a flag says otherwise (its docs, command line). Kubernetes makes none of slices that another one
writes; somebody may have written both.
*/
function byEndpoints({snapshot, service, flags, version}: AskedOfBackend): NothingSent | undefined {
	const slices = snapshot.slicesOf(service.namespace, service.name);
	const readsSlices = isOn(flags[slicesFlag]) || isAtLeast(version, [0, 16, 0]);
	return readsSlices || slices.length === 0 || slices.some(({managedBy}) => byKubernetes.includes(managedBy))
		? undefined
		: {
				why: 'before 0.16 it does not read slices that Kubernetes has not written',
				object: {kind: 'EndpointSlice', namespace: service.namespace, name: slices[0]!.name},
				field: 'metadata.labels[endpointslice.kubernetes.io/managed-by]',
				value: slices[0]!.managedBy || 'none',
				remedy: `Set flag --${slicesFlag} of the controller, or write Endpoints, which Kubernetes mirrors.`,
				isOpen: true,
			};
}
