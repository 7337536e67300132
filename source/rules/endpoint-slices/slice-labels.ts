import type {Labels} from '../../model/meta.ts';
import type {Service} from '../../model/services/service.ts';

const serviceNameLabel = 'kubernetes.io/service-name';
const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
const headlessLabel = 'service.kubernetes.io/headless';

/** Who writes the slices of Services with a selector, and the copies of hand-made Endpoints objects. */
export const sliceController = 'endpointslice-controller.k8s.io';
export const mirroringController = 'endpointslicemirroring-controller.k8s.io';

/** The Service's own labels, with the reserved ones overridden (k8s.io/endpointslice setEndpointSliceLabels). */
export function sliceLabels(service: Service): Labels {
	const reserved = new Set([serviceNameLabel, managedByLabel, headlessLabel]);
	const [clusterIp] = service.clusterIPs;
	const labels = {
		...Object.fromEntries(Object.entries(service.labels).filter(([key]) => !reserved.has(key))),
		[serviceNameLabel]: service.name,
		[managedByLabel]: sliceController,
	};
	return clusterIp && clusterIp !== 'None' ? labels : {...labels, [headlessLabel]: ''};
}
