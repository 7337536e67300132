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

/** Part of every path but one straight to a pod: the network behind kube-proxy belongs to that hop. */
export const commonHopKinds = hopKinds.filter((kind) => kind !== 'pod-network');
