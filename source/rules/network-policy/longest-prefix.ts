import {cidrContains, parseCidr, parseIp, type Ip} from '../../model/matching/ip.ts';
import type {Direction, NetworkPolicy, PolicyPeer, PolicyRule} from '../../model/policies/network-policy.ts';
import {type Party, ipsOf} from './party.ts';

/** An `except` that holds the address of a peer which another rule admits. */
export type Excepted = {
	readonly policy: NetworkPolicy;
	/** `spec.egress[0].to[0].ipBlock.except[1]`. */
	readonly path: string;
	readonly cidr: string;
};

type Asked = {
	readonly policies: readonly NetworkPolicy[];
	readonly direction: Direction;
	readonly peer: Party;
	/** Whether a rule of a policy in this namespace surely admits the connection. */
	readonly admits: (rule: PolicyRule, namespace: string) => boolean;
};

/**
Amazon's agent keeps one table of prefixes for a pod: the longest prefix that holds the address decides. An `except` is an
entry of it, and what a wider block or a rule without peers admits may not be merged into that entry
(aws/aws-network-policy-agent#326, #347). A selector is an entry for each whole address.
*/
export function exceptedBy({policies, direction, peer, admits}: Asked): Excepted | undefined {
	const ips = ipsOf(peer).flatMap((ip) => parseIp(ip) ?? []);
	const rules = policies.flatMap((policy) => rulesOf(policy, direction));
	const admitting = rules
		.flatMap(({policy, rule}) => (rule.peers ?? []).map((item) => ({policy, rule, item})))
		.filter(({policy, rule, item}) => admits({...rule, peers: [item]}, policy.namespace))
		.map(({item}) => prefixOf(item, ips));
	const longest = Math.max(0, ...admitting);
	return rules
		.flatMap((each) => exceptsOf(each, direction))
		.find(({cidr}) => {
			const block = parseCidr(cidr);
			return block && block.prefix >= longest && ips.some((ip) => cidrContains(block, ip));
		});
}

type Rule = {readonly policy: NetworkPolicy; readonly rule: PolicyRule; readonly path: string};

function rulesOf(policy: NetworkPolicy, direction: Asked['direction']): readonly Rule[] {
	const key = direction === 'Ingress' ? 'ingress' : 'egress';
	return (policy[key] ?? []).map((rule, index) => ({policy, rule, path: `spec.${key}[${index}]`}));
}

function prefixOf({ipBlock}: PolicyPeer, ips: readonly Ip[]): number {
	const whole = ips.some(({family}) => family === 'IPv6') ? 128 : 32;
	return ipBlock ? (parseCidr(ipBlock.cidr)?.prefix ?? 0) : whole;
}

function exceptsOf({policy, rule, path}: Rule, direction: Asked['direction']): readonly Excepted[] {
	const side = direction === 'Ingress' ? 'from' : 'to';
	return (rule.peers ?? []).flatMap(({ipBlock}, peer) =>
		(ipBlock?.except ?? []).map((cidr, index) => ({
			policy,
			path: `${path}.${side}[${peer}].ipBlock.except[${index}]`,
			cidr,
		})),
	);
}
