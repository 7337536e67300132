/** In the order in which a request passes them. */
const hopKinds = [
	'dns',
	'load-balancer',
	'controller',
	'route',
	'service',
	'endpoints',
	'kube-proxy',
	'pod-network',
	'network-policy',
	'pod',
] as const;

export type HopKind = (typeof hopKinds)[number];

/** Of every path but one straight to a pod: the network behind kube-proxy is part of that hop. */
export const commonHopKinds = hopKinds.filter((kind) => kind !== 'pod-network');
