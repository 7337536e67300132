import {cidrContains, parseCidr, parseIp} from '../../model/ip.ts';
import {matchesSelector, type LabelSelector} from '../../model/label-selector.ts';
import type {PolicyPeer} from '../../model/network-policy.ts';
import {both, type Answer, type Party} from './party.ts';

/** Every namespace carries it since 1.22, whatever else is not known of its labels. */
const nameLabel = 'kubernetes.io/metadata.name';

/** Whether an item of `from` or `to` means the other side (networking/v1 NetworkPolicyPeer). */
export function matchPeer(peer: PolicyPeer, party: Party, policyNamespace: string): Answer {
	if (party.type === 'anybody') {
		return 'yes';
	}

	if (peer.ipBlock) {
		return matchBlock(peer.ipBlock, party);
	}

	// Selectors never mean addresses outside the cluster; an item with nothing in it means nothing.
	if (party.type === 'address' || (!peer.podSelector && !peer.namespaceSelector)) {
		return 'no';
	}

	const {podSelector, namespaceSelector} = peer;
	const chosen = both(matchNamespace(namespaceSelector, party, policyNamespace), () =>
		!podSelector || matchesSelector(podSelector, party.pod.labels) ? 'yes' : 'no',
	);
	// Whether a selector means pods that use the node's network depends on the network plugin.
	return chosen === 'yes' && party.pod.hostNetwork ? 'unknown' : chosen;
}

/** Without a namespaceSelector the policy's own namespace is meant. */
function matchNamespace(
	selector: LabelSelector | undefined,
	{pod, namespaceLabels}: Extract<Party, {type: 'pod'}>,
	policyNamespace: string,
): Answer {
	if (!selector) {
		return pod.namespace === policyNamespace ? 'yes' : 'no';
	}

	if (namespaceLabels) {
		return matchesSelector(selector, {[nameLabel]: pod.namespace, ...namespaceLabels}) ? 'yes' : 'no';
	}

	const keys = [
		...Object.keys(selector.matchLabels),
		...selector.matchExpressions.map((requirement) => requirement.key),
	];
	const told = keys.every((key) => key === nameLabel);
	return told ? (matchesSelector(selector, {[nameLabel]: pod.namespace}) ? 'yes' : 'no') : 'unknown';
}

function matchBlock(
	{cidr, except}: NonNullable<PolicyPeer['ipBlock']>,
	party: {readonly ip?: string},
): Answer {
	const block = parseCidr(cidr);
	if (!block) {
		return 'no';
	}

	const ip = party.ip === undefined ? undefined : parseIp(party.ip);
	if (!ip) {
		return block.prefix === 0 && except.length === 0 ? 'yes' : 'unknown';
	}

	// `except` takes away from its own block only.
	const excepted = except.some((item) => {
		const hole = parseCidr(item);
		return hole !== undefined && cidrContains(hole, ip);
	});
	return cidrContains(block, ip) && !excepted ? 'yes' : 'no';
}
