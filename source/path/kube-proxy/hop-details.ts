import type {KubeProxyDetails, ProxyBackend} from '../details.ts';
import {affinityWords} from './affinity-words.ts';
import {endpointText} from '../../rules/kube-proxy/endpoints.ts';
import type {KubeProxyContext, NamedEndpoint} from './context.ts';
import {iptablesChains, iptablesEndpointChain} from '../../rules/kube-proxy/iptables-names.ts';
import {ipvsVirtualServer} from '../../rules/kube-proxy/ipvs-names.ts';
import {nftablesChains, nftablesEndpointChains} from '../../rules/kube-proxy/nftables-names.ts';
import type {RulesCheck} from '../../rules/kube-proxy/rules-check.ts';

export function hopDetails(context: KubeProxyContext): KubeProxyDetails {
	const {mode, entry, verdicts, port} = context;
	const [first] = verdicts;
	const sending = verdicts.flatMap(({verdict}) => (verdict.verdict === 'DNAT' ? [verdict] : []));
	const isLocal = context.input.exposureType === 'cluster-ip' ? port.internalLocal : port.externalLocal;
	const policy = sending[0]?.set ?? (isLocal ? 'local' : 'cluster');
	const backends = backendsOf(context);
	const checks = [...verdicts.flatMap(({check}) => check ?? []), ...context.others];
	return {
		mode: mode.text,
		...(entry.isOne && first ? {vantage: vantageOf(first.node)} : {}),
		policy,
		backends,
		affinity: affinityWords(port.affinitySeconds, rulesMode(context)),
		...(sending[0] ? {masquerade: sending.some(({masquerade}) => masquerade)} : {}),
		...(verdicts.some(({verdict}) => verdict.verdict === 'REJECT') ? {rejects: true} : {}),
		...(verdicts.some(({verdict}) => verdict.verdict === 'DROP') ? {drops: true} : {}),
		// Names of chains are for who looks at the rules; an overview of thousands of Services does without.
		...(context.hopContext.detail === 'full' ? {rules: rulesNames(context, policy, backends)} : {}),
		...(checks.length > 0 ? {nodes: checks.map(toNode)} : {}),
	};
}

function vantageOf({
	node,
	zone,
}: {
	readonly node: string;
	readonly zone?: string;
}): KubeProxyDetails['vantage'] {
	return zone === undefined ? {node} : {node, zone};
}

/** Of a new connection that may come by any of the nodes, each as likely as another. */
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
		...(endpoint.node === undefined ? {} : {node: endpoint.node}),
		...(endpoint.pod === undefined ? {} : {pod: endpoint.pod}),
		probability: Math.round(probability * 1e4) / 1e4,
		...(endpoint.terminating ? {terminating: true} : {}),
	}));
}

function rulesMode({mode}: KubeProxyContext): 'iptables' | 'nftables' | 'ipvs' | undefined {
	return mode.mode === 'cilium' ? undefined : mode.mode;
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
		...(missing.length > 0 ? {missing} : {}),
		...(stale.length > 0 ? {stale} : {}),
		...(words === undefined ? {} : {why: words}),
	};
}

const differsWords = {
	'no-entry': 'no entry for the Service port',
	rejects: 'rejects',
	drops: 'drops',
} as const;
