import type {KubeProxyDetails, ProxyBackend} from '../details.ts';
import {affinityWords} from './affinity-words.ts';
import {endpointText} from '../../rules/kube-proxy/endpoints.ts';
import type {KubeProxyContext, NamedEndpoint} from './context.ts';
import {iptablesChains, iptablesEndpointChain} from '../../rules/kube-proxy/iptables-names.ts';
import {ipvsVirtualServer} from '../../rules/kube-proxy/ipvs-names.ts';
import {nftablesChains, nftablesEndpointChains} from '../../rules/kube-proxy/nftables-names.ts';
import type {RulesCheck} from '../../rules/kube-proxy/rules-check.ts';

export function hopDetails(context: KubeProxyContext): KubeProxyDetails {
	const {proxy, entry, verdicts, port} = context;
	const [first] = verdicts;
	const sending = verdicts.flatMap(({verdict}) => (verdict.verdict === 'DNAT' ? [verdict] : []));
	const isLocal = context.input.exposureType === 'cluster-ip' ? port.internalLocal : port.externalLocal;
	const policy = sending[0]?.set ?? (isLocal ? 'local' : 'cluster');
	const backends = backendsOf(context);
	const checks = [...verdicts.flatMap(({check}) => check ?? []), ...context.others];
	return {
		mode: proxy.text,
		rulesMode: proxy.mode,
		vantage: entry.isOne && first ? {node: first.node.node, zone: first.node.zone} : undefined,
		policy,
		backends,
		affinity: affinityWords(port.affinitySeconds, rulesMode(context)),
		masquerade: sending[0] && sending.some(({masquerade}) => masquerade),
		rejects: verdicts.some(({verdict}) => verdict.verdict === 'REJECT') || undefined,
		drops: verdicts.some(({verdict}) => verdict.verdict === 'DROP') || undefined,
		// Names of chains are for who looks at the rules; an overview of thousands of Services does without.
		rules: context.hopContext.detail === 'full' ? rulesNames(context, policy, backends) : undefined,
		nodes: checks.length > 0 ? checks.map(toNode) : undefined,
	};
}

/** For a new connection that may come by any of the nodes, each as likely as another. */
function backendsOf({verdicts}: KubeProxyContext): readonly ProxyBackend[] {
	// Nodes that send to the same endpoints share one list of them.
	const lists = Map.groupBy(
		verdicts.flatMap(({verdict}) => (verdict.verdict === 'DNAT' ? [verdict.endpoints] : [])),
		(endpoints) => endpoints,
	);
	const found = new Map<string, {endpoint: NamedEndpoint; probability: number}>();
	for (const [endpoints, nodes] of lists) {
		const share = nodes.length / endpoints.length / verdicts.length;
		for (const endpoint of endpoints) {
			const text = endpointText(endpoint);
			const before = found.get(text)?.probability ?? 0;
			found.set(text, {endpoint, probability: before + share});
		}
	}

	return [...found.values()].map(({endpoint, probability}) => ({
		address: endpoint.address,
		port: endpoint.port,
		node: endpoint.node,
		pod: endpoint.pod,
		probability: Math.round(probability * 1e4) / 1e4,
		terminating: endpoint.terminating || undefined,
	}));
}

function rulesMode({proxy: {mode}}: KubeProxyContext): 'iptables' | 'nftables' | 'ipvs' | undefined {
	return mode === 'cilium' ? undefined : mode;
}

function rulesNames(
	context: KubeProxyContext,
	policy: 'cluster' | 'local',
	backends: readonly ProxyBackend[],
): KubeProxyDetails['rules'] {
	const {port} = context;
	if (backends.length === 0) {
		return undefined;
	}

	switch (rulesMode(context)) {
		case 'iptables':
			return {
				service: iptablesChains(port)[policy === 'local' ? 'SVL' : 'SVC'],
				endpoints: backends.map((backend) => iptablesEndpointChain(port, endpointText(backend))),
			};
		case 'nftables':
			return {
				service: nftablesChains(port)[policy === 'local' ? 'local' : 'service'],
				endpoints: backends.map((backend) => nftablesEndpointChains(port, backend).endpoint),
			};
		case 'ipvs':
			return {
				service: ipvsVirtualServer(
					port,
					{address: port.clusterIP ?? '', port: port.port},
					{affinitySeconds: port.affinitySeconds},
				),
				endpoints: backends.map(endpointText),
			};
		case undefined:
			return undefined;
	}
}

function toNode(check: RulesCheck): NonNullable<KubeProxyDetails['nodes']>[number] {
	const {node, state, missing, stale, why} = check;
	const words =
		why ?? (check.differs && check.differs !== 'backends' ? differsWords[check.differs] : undefined);
	return {
		node,
		state,
		missing: missing.length > 0 ? missing : undefined,
		stale: stale.length > 0 ? stale : undefined,
		why: words,
	};
}

const differsWords = {
	'no-entry': 'no entry for the Service port',
	rejects: 'rejects',
	drops: 'drops',
} as const;
