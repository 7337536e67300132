/** The sets of addresses that kube-proxy keeps in ipvs mode, and what each is for (pkg/proxy/ipvs README). */
export const ipvsSets: Readonly<Record<string, string>> = {
	'KUBE-CLUSTER-IP': 'cluster IP and port: masqueraded for clients outside the cluster CIDR, or for all',
	'KUBE-LOOP-BACK': 'endpoint, port and endpoint: masqueraded, so that a pod can reach itself',
	'KUBE-EXTERNAL-IP': 'external IP and port: masqueraded',
	'KUBE-LOAD-BALANCER': 'load balancer IP and port: masqueraded',
	'KUBE-LOAD-BALANCER-LOCAL': 'load balancer IP and port under externalTrafficPolicy Local: not masqueraded',
	'KUBE-LOAD-BALANCER-FW': 'load balancer IP and port with source ranges: filtered',
	'KUBE-LOAD-BALANCER-SOURCE-CIDR': 'load balancer IP, port and a source range that is let in',
	'KUBE-NODE-PORT-TCP': 'TCP node port: masqueraded',
	'KUBE-NODE-PORT-LOCAL-TCP': 'TCP node port under externalTrafficPolicy Local: not masqueraded',
	'KUBE-NODE-PORT-UDP': 'UDP node port: masqueraded',
	'KUBE-NODE-PORT-LOCAL-UDP': 'UDP node port under externalTrafficPolicy Local: not masqueraded',
};

/** The interface that holds every Service address of a node in ipvs mode. */
export const ipvsInterface = 'kube-ipvs0';

/** What a constant rule of ipvs mode is about. */
export type IpvsTopic = 'cluster-ip' | 'external-ip' | 'load-balancer' | 'node-port' | 'postrouting';

/** The iptables rules that stand beside IPVS: constant in number, whatever the number of Services. */
export function ipvsRule(
	topic: IpvsTopic,
	options: {readonly clusterCIDR?: string; readonly protocol?: string} = {},
): string {
	switch (topic) {
		case 'cluster-ip':
			return `KUBE-SERVICES: ${options.clusterCIDR ? `source not in ${options.clusterCIDR} and ` : ''}match-set KUBE-CLUSTER-IP dst,dst -> KUBE-MARK-MASQ, then ACCEPT`;
		case 'external-ip':
			return 'KUBE-SERVICES: match-set KUBE-EXTERNAL-IP dst,dst -> KUBE-MARK-MASQ, then ACCEPT (not from a bridge port or a local address, or to a local address)';
		case 'load-balancer':
			return 'KUBE-SERVICES: match-set KUBE-LOAD-BALANCER dst,dst -> KUBE-LOAD-BALANCER, then ACCEPT; there match-set KUBE-LOAD-BALANCER-FW dst,dst -> KUBE-FIREWALL (match-set KUBE-LOAD-BALANCER-SOURCE-CIDR dst,dst,src -> RETURN, else KUBE-MARK-DROP), match-set KUBE-LOAD-BALANCER-LOCAL dst,dst -> RETURN, else KUBE-MARK-MASQ';
		case 'node-port': {
			const protocol = options.protocol ?? 'TCP';
			return `KUBE-SERVICES: match-set KUBE-NODE-PORT-${protocol} dst -> KUBE-NODE-PORT; there match-set KUBE-NODE-PORT-LOCAL-${protocol} dst -> RETURN, else KUBE-MARK-MASQ`;
		}
		case 'postrouting':
			return 'KUBE-POSTROUTING: mark 0x4000/0x4000 -> MASQUERADE; match-set KUBE-LOOP-BACK dst,dst,src -> MASQUERADE';
	}
}

/** An endpoint as `ipvsadm -ln` lists it below its virtual server: forwarded by rewriting, all of equal weight. */
export function ipvsRealServer(endpoint: string): string {
	return `  -> ${endpoint} Masq 1`;
}
