import type {Pod} from '../../model/pod.ts';

/**
Annotations that let ports of a pod past the proxy of its mesh: istio.io, Resource annotations; linkerd.io, Proxy configuration; kuma.io,
Kubernetes annotations and labels; developer.hashicorp.com/consul, Annotations and labels.
*/
const excluding = [
	'traffic.sidecar.istio.io/excludeInboundPorts',
	'config.linkerd.io/skip-inbound-ports',
	'traffic.kuma.io/exclude-inbound-ports',
	'consul.hashicorp.com/transparent-proxy-exclude-inbound-ports',
];
const including = 'traffic.sidecar.istio.io/includeInboundPorts';

/** Whether what arrives at the port meets the application itself, though the pod has a proxy. */
export function passesProxy({annotations}: Pod, port: number): boolean {
	const included = annotations[including];
	return (
		excluding.some((name) => holds(annotations[name], port)) ||
		(included !== undefined && included !== '*' && !holds(included, port))
	);
}

/** Numbers and, for Linkerd, ranges: `8080,9000-9010`. */
function holds(ports: string | undefined, port: number): boolean {
	return (ports ?? '').split(',').some((each) => {
		const [first = '', last = first] = each.trim().split('-');
		return first !== '' && Number(first) <= port && port <= Number(last);
	});
}
