import type {Pod} from '../../model/pod.ts';

/**
Annotations that let ports of a pod past the proxy of its mesh: istio.io, Resource annotations; linkerd.io, Proxy configuration; kuma.io,
Kubernetes annotations and labels; developer.hashicorp.com/consul, Annotations and labels.
*/
const leaving = [
	'traffic.sidecar.istio.io/excludeInboundPorts',
	'config.linkerd.io/skip-inbound-ports',
	'traffic.kuma.io/exclude-inbound-ports',
	'consul.hashicorp.com/transparent-proxy-exclude-inbound-ports',
];
const taking = 'traffic.sidecar.istio.io/includeInboundPorts';

/** Whether what arrives at the port meets the application itself, though the pod has a proxy. */
export function passesProxy({annotations}: Pod, port: number): boolean {
	const taken = annotations[taking];
	return (
		leaving.some((name) => holds(annotations[name], port)) ||
		(taken !== undefined && taken !== '*' && !holds(taken, port))
	);
}

/** Numbers and, for Linkerd, ranges: `8080,9000-9010`. */
function holds(ports: string | undefined, port: number): boolean {
	return (ports ?? '').split(',').some((each) => {
		const [first = '', last = first] = each.trim().split('-');
		return first !== '' && Number(first) <= port && port <= Number(last);
	});
}
