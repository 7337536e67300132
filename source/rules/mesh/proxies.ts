import type {Pod} from '../../model/workloads/pod.ts';

/** The proxy of Linkerd takes what arrives at the pod. */
export function isOfLinkerd(pod: Pod): boolean {
	return hasProxy(pod, /^linkerd-proxy$/u);
}

export function isOfKuma(pod: Pod): boolean {
	return hasProxy(pod, /^kuma-sidecar$/u);
}

/** One for each Service of the pod, or one; envoy-sidecar before Consul 1.14. */
export function isOfConsul(pod: Pod): boolean {
	return hasProxy(pod, /^(?:consul-dataplane|envoy-sidecar)(?:-|$)/u);
}

function hasProxy({containers, initContainers}: Pod, proxy: RegExp): boolean {
	return [...containers, ...initContainers].some(({name}) => proxy.test(name));
}
