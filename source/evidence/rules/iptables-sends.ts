import type {IptablesRule} from './iptables-rule.ts';
import {parseHostPort, type Backend} from './rule-set-builder.ts';

/** Deepest that kube-proxy nests: FW, EXT, SVL, SEP. */
const deepest = 5;

/** Follows chains to the addresses they end at, with the probability of each for a client from outside. */
export function createSendResolver(
	nat: ReadonlyMap<string, readonly IptablesRule[]>,
): (chain: string) => readonly Backend[] {
	const known = new Map<string, readonly Backend[]>();
	const follow = (chain: string, depth: number): readonly Backend[] => {
		const held = known.get(chain);
		if (held || depth > deepest) {
			return held ?? [];
		}

		const found = sendsOf(nat.get(chain) ?? [], (rule) => targetsOf(rule, depth));
		known.set(chain, found);
		return found;
	};

	const targetsOf = (rule: IptablesRule, depth: number): readonly Backend[] => {
		if (!rule.target.startsWith('KUBE-SEP-')) {
			return rule.target.startsWith('KUBE-') ? follow(rule.target, depth + 1) : [];
		}

		const destination =
			nat.get(rule.target)?.find((each) => each.destination)?.destination ?? inComment(rule.comment);
		return destination ? [{...destination, probability: 1}] : [];
	};

	return (chain) => follow(chain, 0);
}

/** Rules are tried in order; each takes its share of what the ones before it left. */
function sendsOf(
	rules: readonly IptablesRule[],
	targetsOf: (rule: IptablesRule) => readonly Backend[],
): readonly Backend[] {
	const found = new Map<string, Backend>();
	let left = 1;
	for (const rule of rules.filter(isForOutside)) {
		const share = left * (rule.probability ?? 1);
		const targets = targetsOf(rule);
		for (const {address, port, probability} of targets) {
			const key = `${address} ${port}`;
			const before = found.get(key)?.probability ?? 0;
			found.set(key, {address, port, probability: round(before + share * probability)});
		}

		left -= targets.length > 0 && !rule.source ? share : 0;
	}

	return [...found.values()];
}

/** Not the marks, not what affinity remembers, and not the short-circuits of pods and of the node itself. */
function isForOutside({chain, target, source, isFromNode, isAffinity}: IptablesRule): boolean {
	const isShortCircuit = isFromNode || (source !== undefined && /^KUBE-(?:EXT|XLB)-/.test(chain));
	return !isAffinity && !isShortCircuit && !target.startsWith('KUBE-MARK-');
}

/** `shop/web:http -> 10.244.1.3:8080`: where the chain itself was cut off. */
function inComment(comment: string): ReturnType<typeof parseHostPort> {
	const at = comment.indexOf(' -> ');
	return at === -1 ? undefined : parseHostPort(comment.slice(at + 4));
}

function round(probability: number): number {
	return Math.round(probability * 1e6) / 1e6;
}
