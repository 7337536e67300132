import type {RuleSet} from '../../model/evidence.ts';
import type {Service} from '../../model/services/service.ts';
import {parseCiliumServiceList} from './parse-cilium-service-list.ts';
import {parseIptablesSave} from './parse-iptables-save.ts';
import {parseIpvs} from './parse-ipvs.ts';
import {parseNft} from './parse-nft.ts';

/** Reads a dump of a node's rules, whatever made it. Undefined where it is none that knet knows. */
export function readRules(text: string, known: {readonly services: readonly Service[]}): RuleSet | undefined {
	const start = text.slice(0, longestStart);
	if (/^table ip6? |"nftables"/mu.test(start)) {
		return parseNft(text);
	}

	if (/^\*(?:nat|filter|mangle|raw)\b|iptables-save|^-A KUBE-/mu.test(start)) {
		return parseIptablesSave(text);
	}

	if (/^IP Virtual Server|^-A -[tu] |^(?:TCP|UDP)\s+\S+:\d+/mu.test(start)) {
		return parseIpvs({ipvsadm: text}, known);
	}

	return /^ID\s+Frontend/mu.test(start) ? parseCiliumServiceList(text, known) : undefined;
}

/** A dump says what it is in its first lines. */
const longestStart = 20_000;
