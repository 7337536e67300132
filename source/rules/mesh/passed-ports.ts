import {cidrContains, parseCidr, parseIp, type Ip} from '../../model/matching/ip.ts';
import type {Pod} from '../../model/workloads/pod.ts';

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

/** Whether what the pod sends to one of the ports goes past Linkerd's proxy, and has no identity there (linkerd.io, Proxy configuration). */
export function leavesPastLinkerd({annotations}: Pod, ports: () => readonly number[]): boolean {
	const skipped = annotations['config.linkerd.io/skip-outbound-ports'];
	return skipped !== undefined && ports().some((port) => holds(skipped, port));
}

/** Numbers and, for Linkerd, ranges: `8080,9000-9010`. */
function holds(ports: string | undefined, port: number): boolean {
	return (ports ?? '').split(',').some((each) => {
		const [first = '', last = first] = each.trim().split('-');
		return first !== '' && Number(first) <= port && port <= Number(last);
	});
}

/**
Whether what a pod sends to an address goes past its proxy (istio.io, Resource annotations): ranges and ports that are left out, or
not taken in.
*/
export function leavesPastProxy(
	{annotations}: Pod,
	{ip, port}: {readonly ip?: string; readonly port?: number},
): boolean {
	const of = (name: string): string | undefined => annotations[`traffic.sidecar.istio.io/${name}`];
	const address = parseIp(ip ?? '');
	const isIn = (ranges: string): boolean =>
		address !== undefined && ranges.split(',').some((range) => isInRange(range.trim(), address));
	const taken = of('includeOutboundIPRanges') ?? '*';
	const isPort = (name: string): boolean => port !== undefined && holds(of(name), port);
	return (
		isPort('excludeOutboundPorts') ||
		isIn(of('excludeOutboundIPRanges') ?? '') ||
		(address !== undefined && !isIn(taken) && !isPort('includeOutboundPorts'))
	);
}

function isInRange(range: string, address: Ip): boolean {
	const block = parseCidr(range);
	return range === '*' || (block !== undefined && cidrContains(block, address));
}
