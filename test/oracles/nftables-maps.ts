import type {EndpointSets} from '../../source/rules/kube-proxy/categorize.ts';
import {nameText} from '../../source/rules/kube-proxy/iptables-names.ts';
import {nftablesChains} from '../../source/rules/kube-proxy/nftables-names.ts';
import {isExternallyAccessible, type ProxyPort} from '../../source/rules/kube-proxy/proxy-port.ts';

type NftablesMap =
	| 'cluster-ips'
	| 'service-ips'
	| 'service-nodeports'
	| 'firewall-ips'
	| 'no-endpoint-services'
	| 'no-endpoint-nodeports';

export type NftablesElement = {
	readonly map: NftablesMap;
	/** `ip . tcp . 80`, or `tcp . 30080`. */
	readonly key: string;
	readonly comment?: string;
	/** Absent in the set `cluster-ips`. */
	readonly verdict?: string;
};

/** What a Service port adds to the maps of table `kube-proxy` on a node. */
export function nftablesElements(port: ProxyPort, sets: EndpointSets<unknown>): readonly NftablesElement[] {
	const clusterIp = port.clusterIP === undefined ? [] : internalElements(port, sets, port.clusterIP);
	return [...clusterIp, ...externalElements(port, sets)];
}

/** As `nft` and knftables write an element. */
export function nftablesElementText({key, comment, verdict}: NftablesElement): string {
	const named = comment === undefined ? key : `${key} comment "${comment}"`;
	return verdict === undefined ? named : `${named} : ${verdict}`;
}

function internalElements(
	port: ProxyPort,
	sets: EndpointSets<unknown>,
	clusterIP: string,
): readonly NftablesElement[] {
	const chains = nftablesChains(port);
	const key = addressKey(port, clusterIP);
	const chosen = port.internalLocal ? sets.local : sets.cluster;
	const set: NftablesElement = {map: 'cluster-ips', key: clusterIP};
	return chosen?.length
		? [set, {map: 'service-ips', key, verdict: `goto ${port.internalLocal ? chains.local : chains.service}`}]
		: [set, {map: 'no-endpoint-services', key, comment: nameText(port), verdict: refusal(sets)}];
}

/** The external chain stands even without local endpoints, for the short-circuit; what falls through is dropped. */
function externalElements(port: ProxyPort, sets: EndpointSets<unknown>): readonly NftablesElement[] {
	const chains = nftablesChains(port);
	const keys = [...port.externalIPs, ...port.vips].map((ip) => addressKey(port, ip));
	const nodePort = port.nodePort === undefined ? [] : [`${port.protocol.toLowerCase()} . ${port.nodePort}`];
	const enters = sets.hasAny && isExternallyAccessible(port);
	const passes = sets.hasAny && (!port.externalLocal || (sets.local?.length ?? 0) > 0);
	const verdict = `goto ${chains.external}`;
	const refused = {comment: nameText(port), verdict: refusal(sets)};
	return [
		...(enters ? keys.map((key) => ({map: 'service-ips', key, verdict}) as const) : []),
		...(enters ? nodePort.map((key) => ({map: 'service-nodeports', key, verdict}) as const) : []),
		...(passes ? [] : keys.map((key) => ({map: 'no-endpoint-services', key, ...refused}) as const)),
		...(passes ? [] : nodePort.map((key) => ({map: 'no-endpoint-nodeports', key, ...refused}) as const)),
		...firewallElements(port, chains.firewall),
	];
}

function firewallElements(port: ProxyPort, chain: string): readonly NftablesElement[] {
	return port.sourceRanges.length === 0
		? []
		: port.vips.map((ip) => ({
				map: 'firewall-ips',
				key: addressKey(port, ip),
				verdict: `goto ${chain}`,
			}));
}

function refusal({hasAny}: EndpointSets<unknown>): string {
	return hasAny ? 'drop' : 'goto reject-chain';
}

function addressKey(port: ProxyPort, ip: string): string {
	return `${ip} . ${port.protocol.toLowerCase()} . ${port.port}`;
}
