import {parseIptablesSave} from '../../source/evidence/rules/parse-iptables-save.ts';
import {parseNft} from '../../source/evidence/rules/parse-nft.ts';
import type {NodeService, RuleSet} from '../../source/model/evidence.ts';
import type {EndpointSlice} from '../../source/model/services/endpoint-slice.ts';
import type {Node} from '../../source/model/workloads/node.ts';
import type {IpFamily, Service} from '../../source/model/services/service.ts';
import type {ProxyPlace} from '../../source/rules/kube-proxy/categorize.ts';
import {endpointsOf, endpointText} from '../../source/rules/kube-proxy/endpoints.ts';
import {exposureTypeVerdict} from '../../source/rules/kube-proxy/exposure-type-verdict.ts';
import {iptablesChains} from '../../source/rules/kube-proxy/iptables-names.ts';
import {nftablesElements, nftablesElementText} from '../oracles/nftables-maps.ts';
import {iptablesChainsInUse, nftablesChainsInUse} from '../oracles/chains-in-use.ts';
import {setsOf} from '../../source/rules/kube-proxy/categorize.ts';
import {portKeyText, proxyPort, type ProxyPort} from '../../source/rules/kube-proxy/proxy-port.ts';

export type RulesReport = {
	/** Service ports compared, a node and family each. */
	readonly compared: number;
	/** What knet predicts and the node does not hold, or the other way round. */
	readonly differences: readonly string[];
};

export type Mode = 'iptables' | 'nftables';

type Cluster = {
	readonly services: readonly Service[];
	readonly slices: readonly EndpointSlice[];
	readonly nodes: readonly Node[];
};

const families: readonly IpFamily[] = ['IPv4', 'IPv6'];

type NodeQuestion = {
	readonly cluster: Cluster;
	readonly node: Node;
	readonly mode: Mode;
	readonly dumps: Record<IpFamily, string>;
};

/** Pure, so that dumps that were kept are compared in the same way. */
export function compareNode({cluster, node, mode, dumps}: NodeQuestion): RulesReport {
	const place = {node: node.name, zone: node.zone};
	const parse = mode === 'iptables' ? parseIptablesSave : parseNft;
	const reports = families.map((family) => {
		const question = {cluster, place, mode, dump: dumps[family], rules: parse(dumps[family])};
		const ports = cluster.services.flatMap((service) =>
			service.ports.flatMap((port) => proxyPort(service, port, family) ?? []),
		);
		return {
			compared: ports.length,
			differences: ports.flatMap((port) => comparePort(port, question)),
		};
	});
	return {
		compared: reports.reduce((sum, {compared}) => sum + compared, 0),
		differences: reports
			.flatMap(({differences}) => differences)
			.map((difference) => `${node.name} ${mode}: ${difference}`),
	};
}

type PortQuestion = {
	readonly cluster: Cluster;
	readonly place: ProxyPlace;
	readonly mode: Mode;
	readonly dump: string;
	readonly rules: RuleSet;
};

function comparePort(port: ProxyPort, question: PortQuestion): readonly string[] {
	const {cluster, place, mode, dump, rules} = question;
	const slices = cluster.slices.filter(
		({namespace, service}) => namespace === port.namespace && service === port.service,
	);
	const endpoints = endpointsOf(
		slices,
		{name: port.portName, protocol: port.protocol},
		{family: port.family, node: place.node},
	);
	const sets = setsOf(port, place, endpoints);
	const name = `${portKeyText(port)} ${port.family}`;
	const chains = mode === 'iptables' ? iptablesChainsInUse(port, sets) : nftablesChainsInUse(port, sets);
	const held = chainsIn(dump, mode);
	const elements = mode === 'nftables' ? elementsIn(dump) : new Set<string>();
	const wanted = mode === 'nftables' ? nftablesElements(port, sets).map(nftablesElementText) : [];
	const entry = rules.services[portKeyText(port)];
	return [
		...chains.filter((chain) => !held.has(chain)).map((chain) => `${name}: no chain ${chain}`),
		...unwanted(port, {mode, chains, held}).map((chain) => `${name}: unexpected chain ${chain}`),
		...wanted
			.map(withoutComment)
			.filter((element) => !elements.has(element))
			.map((element) => `${name}: no element ${element}`),
		...(['cluster-ip', 'node-port'] as const).flatMap((exposureType) => {
			const verdict = exposureTypeVerdict({
				port,
				sets,
				exposureType,
				origin: {type: 'external'},
				rules: {mode, masqueradeAll: false, localDetector: true},
			});
			const expected = verdict.verdict === 'DNAT' ? verdict.endpoints.map(endpointText) : [];
			const isUsed = exposureType === 'cluster-ip' || port.nodePort !== undefined;
			const got = sent(entry, exposureType === 'cluster-ip' ? 'backends' : 'external');
			return !isUsed || got.join() === expected.join()
				? []
				: [
						`${name}: ${exposureType} sends to ${got.join() || 'nothing'}, predicted ${expected.join() || 'nothing'}`,
					];
		}),
	];
}

type Held = {readonly mode: Mode; readonly chains: readonly string[]; readonly held: ReadonlySet<string>};

/** In nftables mode chains that are no longer used stay for a while, empty. */
function unwanted(port: ProxyPort, {mode, chains, held}: Held): readonly string[] {
	return mode === 'nftables'
		? []
		: Object.values(iptablesChains(port)).filter((chain) => held.has(chain) && !chains.includes(chain));
}

function sent(entry: NodeService | undefined, side: 'backends' | 'external'): readonly string[] {
	return (entry?.[side] ?? []).map(endpointText).toSorted();
}

function chainsIn(dump: string, mode: Mode): ReadonlySet<string> {
	const pattern = mode === 'iptables' ? /^:(KUBE-\S+) /gm : /^\tchain (\S+) \{/gm;
	return new Set([...dump.matchAll(pattern)].map(([, name = '']) => name));
}

/** nft prints protocols by number; knftables takes them by name. */
function elementsIn(dump: string): ReadonlySet<string> {
	const names: Readonly<Record<string, string>> = {'6': 'tcp', '17': 'udp', '132': 'sctp'};
	const texts = dump
		.split(/[,{}]\s+|\n/)
		.map((text) => text.trim().replace(/^elements = \{ /, ''))
		.map((text) =>
			text.replace(
				/(^|\. )(6|17|132) \. /,
				(_all, before: string, number: string) => `${before}${names[number]} . `,
			),
		);
	return new Set(texts.map(withoutComment));
}

function withoutComment(text: string): string {
	return text.replace(/ comment "[^"]*"/, '').trim();
}
