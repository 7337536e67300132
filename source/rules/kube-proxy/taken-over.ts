import type {EndpointSlice} from '../../model/services/endpoint-slice.ts';
import type {Service} from '../../model/services/service.ts';
import type {Workload} from '../../model/workloads/workload.ts';

/** What stands in the slice of a Service whose packets eBPF takes before endpoints matter (operator/pkg/model/translation). */
const placeholder = '192.192.192.192';

/** Whether Cilium's Envoy takes the traffic of a Service: that of its Ingress or Gateway. */
export function isTakenOver({selector, labels, owner}: Service, slices: readonly EndpointSlice[]): boolean {
	const isOfCilium =
		labels['cilium.io/ingress'] === 'true' || labels['io.cilium.gateway/owning-gateway'] !== undefined;
	const hasPlaceholder = slices.some(({endpoints}) =>
		endpoints.some(({addresses}) => addresses.includes(placeholder)),
	);
	return (
		selector === undefined &&
		(isOfCilium ||
			(hasPlaceholder && (owner === undefined || owner.kind === 'Gateway' || owner.kind === 'Ingress')))
	);
}

/** Where there is no cilium-envoy, Envoy runs in the agent. */
export function isEnvoyOrAgent({name, labels}: Workload): boolean {
	const app = labels['k8s-app'] ?? name;
	return app === 'cilium' || app === 'cilium-envoy' || name === 'anetd';
}
