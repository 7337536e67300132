import {cidrContains, isIp, parseCidr, type Ip} from '../../model/matching/ip.ts';
import type {RulesMode} from './exposure-type-verdict.ts';

/** What decides on which addresses of a node its node ports answer. */
export type NodePorts = {
	readonly mode: RulesMode;
	/** The node's addresses, primary ones (of each family) first. */
	readonly primary: readonly string[];
	readonly secondary: readonly string[];
	/**
	Blocks of addresses that take node ports, or `primary`. Absent or empty: all addresses in iptables mode, the primary
	ones in nftables mode.
	*/
	readonly nodePortAddresses?: readonly string[];
	/** False: not on 127.0.0.1 in iptables mode (`iptables.localhostNodePorts`). */
	readonly localhostNodePorts?: boolean;
};

/** On loopback node ports work in iptables mode alone, and there for IPv4 alone (`iptables.localhostNodePorts`). */
export function takesNodePorts(node: NodePorts, to: Ip): boolean {
	const blocks = nodePortBlocks(node);
	if (isLoopback(to)) {
		return (
			node.localhostNodePorts !== false &&
			node.mode === 'iptables' &&
			to.family === 'IPv4' &&
			(!blocks || isIn(blocks, to))
		);
	}

	const own = [...node.primary, ...node.secondary].some((address) => isIp(address, to));
	if (!own || !blocks) {
		return own;
	}

	return blocks.includes('primary') ? node.primary.some((address) => isIp(address, to)) : isIn(blocks, to);
}

/** The default differs by mode (KubeProxyConfiguration, nodePortAddresses). */
function nodePortBlocks({nodePortAddresses, mode}: NodePorts): readonly string[] | undefined {
	return nodePortAddresses?.length ? nodePortAddresses : mode === 'nftables' ? ['primary'] : undefined;
}

export function isLoopback(ip: Ip): boolean {
	return isIn(['127.0.0.0/8', '::1/128'], ip);
}

function isIn(blocks: readonly string[], ip: Ip): boolean {
	return blocks.flatMap((text) => parseCidr(text) ?? []).some((block) => cidrContains(block, ip));
}
