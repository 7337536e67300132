/** The ConfigMaps of kube-system that walks read in any case. */
export const configMapNames = [
	'coredns',
	'kube-proxy',
	'kube-proxy-config',
	'kubelet-config',
	'cilium-config',
	'antrea-config',
];

/** Those that walks read in some distributions, as places: a recording holds them. */
export const rarerConfigMaps = [
	'kube-system/coredns-custom',
	'kube-system/node-local-dns',
	'kube-system/nodelocaldns',
	'kube-system/rke2-coredns-rke2-coredns',
	'openshift-dns/dns-default',
	'istio-system/istio',
];
