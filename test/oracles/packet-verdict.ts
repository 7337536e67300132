import {cidrContains, isIp, parseCidr, parseIp, type Ip} from '../../source/model/matching/ip.ts';
import type {Protocol, Service} from '../../source/model/services/service.ts';
import {setsOf, type ProxyPlace} from '../../source/rules/kube-proxy/categorize.ts';
import {takesNodePorts, type NodePorts} from '../../source/rules/kube-proxy/node-port-addresses.ts';
import type {ProxyEndpoint} from '../../source/rules/kube-proxy/endpoints.ts';
import {
	exposureTypeVerdict,
	type Origin,
	type Verdict,
} from '../../source/rules/kube-proxy/exposure-type-verdict.ts';
import {proxyPort, type ProxyPort} from '../../source/rules/kube-proxy/proxy-port.ts';
import type {ExposureType} from '../../source/rules/kube-proxy/exposure-type.ts';

export type Packet = {
	readonly protocol: Protocol;
	readonly source: string;
	readonly destination: string;
	readonly port: number;
};

/** A node and how its kube-proxy was started. */
export type ProxyNode = ProxyPlace &
	NodePorts & {
		/** What `--cluster-cidr`, or another local detector, tells pods by. Absent: no detector. */
		readonly podCIDRs?: readonly string[];
		readonly serviceCIDRs: readonly string[];
		readonly masqueradeAll: boolean;
	};

type Question<E> = {
	readonly packet: Packet;
	readonly node: ProxyNode;
	readonly services: readonly Service[];
	endpointsOf(port: ProxyPort): readonly E[];
};

/** What a node's kube-proxy does with a packet that is new to it. */
export function packetVerdict<E extends ProxyEndpoint>(question: Question<E>): Verdict<E> {
	const {packet, node} = question;
	const to = parseIp(packet.destination);
	const from = parseIp(packet.source);
	if (!to || !from) {
		return {verdict: 'NOT-HANDLED'};
	}

	const ports = question.services
		.flatMap((service) => service.ports.map((port) => proxyPort(service, port, to.family)))
		.filter((port) => port !== undefined);
	const hit = findExposureType(ports, {packet, to, node});
	if (!hit) {
		return strayVerdict(ports, to, node);
	}

	return exposureTypeVerdict({
		...hit,
		sets: setsOf(hit.port, node, question.endpointsOf(hit.port)),
		origin: originOf(from, node),
		rules: {
			mode: node.mode,
			masqueradeAll: node.masqueradeAll,
			localDetector: node.podCIDRs !== undefined,
			nodeIp: node.primary.flatMap((text) => parseIp(text) ?? []).find(({family}) => family === to.family),
		},
	});
}

type Hit = {readonly port: ProxyPort; readonly exposureType: ExposureType};

function findExposureType(
	ports: readonly ProxyPort[],
	{packet, to, node}: {readonly packet: Packet; readonly to: Ip; readonly node: ProxyNode},
): Hit | undefined {
	const candidates = ports.filter(({protocol}) => protocol === packet.protocol);
	const byAddress = candidates
		.filter(({port}) => port === packet.port)
		.flatMap((port): readonly Hit[] => {
			const exposureType = exposureTypeAt(port, to);
			return exposureType ? [{port, exposureType}] : [];
		})
		.at(0);
	if (byAddress || !takesNodePorts(node, to)) {
		return byAddress;
	}

	const port = candidates.find(({nodePort}) => nodePort === packet.port);
	return port && {port, exposureType: 'node-port'};
}

function exposureTypeAt(port: ProxyPort, to: Ip): ExposureType | undefined {
	if (port.clusterIP !== undefined && isIp(port.clusterIP, to)) {
		return 'cluster-ip';
	}

	if (port.vips.some((ip) => isIp(ip, to))) {
		return 'load-balancer';
	}

	return port.externalIPs.some((ip) => isIp(ip, to)) ? 'external-ip' : undefined;
}

/** A packet to a cluster IP's wrong port, or to nobody's: nftables mode answers for the whole Service range. */
function strayVerdict(ports: readonly ProxyPort[], to: Ip, node: ProxyNode): Verdict<never> {
	if (node.mode !== 'nftables') {
		return {verdict: 'NOT-HANDLED'};
	}

	if (ports.some(({clusterIP}) => clusterIP !== undefined && isIp(clusterIP, to))) {
		return {verdict: 'REJECT'};
	}

	return isIn(node.serviceCIDRs, to) ? {verdict: 'DROP', why: 'unallocated'} : {verdict: 'NOT-HANDLED'};
}

function originOf(ip: Ip, node: ProxyNode): Origin {
	if (isIn(node.podCIDRs ?? [], ip)) {
		return {type: 'pod', ip};
	}

	const own = [...node.primary, ...node.secondary].some((address) => isIp(address, ip));
	return {type: own || isIn(['127.0.0.0/8', '::1/128'], ip) ? 'node' : 'external', ip};
}

function isIn(blocks: readonly string[], ip: Ip): boolean {
	return blocks.flatMap((text) => parseCidr(text) ?? []).some((block) => cidrContains(block, ip));
}
