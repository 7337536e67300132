import {cidrContains, parseCidr, parseIp, type Ip} from '../../model/matching/ip.ts';
import {matchesSelector, type LabelSelector} from '../../model/matching/label-selector.ts';
import type {Labels} from '../../model/meta.ts';
import type {PolicyPeer} from '../../model/policies/network-policy.ts';
import type {Identity} from './identity.ts';
import {both, type Answer, type Party} from './party.ts';

/** Every namespace carries it since 1.22, whatever else is not known of its labels. */
const nameLabel = 'kubernetes.io/metadata.name';

/** Where a peer is written, and who reads it. */
type PeerContext = {readonly namespace: string; readonly identity: Identity};

/** Whether an item of `from` or `to` means the other side (networking/v1 NetworkPolicyPeer). */
export function matchPeer(
	{ipBlock, podSelector, namespaceSelector}: PolicyPeer,
	party: Party,
	{namespace, identity}: PeerContext,
): Answer {
	if (party.type === 'anybody') {
		return 'yes';
	}

	if (ipBlock) {
		return matchBlock(ipBlock, party, identity);
	}

	// Selectors never mean addresses outside the cluster; an item with nothing in it means nothing.
	const pod = party.type === 'pod' || party.type === 'host' ? party.pod : undefined;
	if (!pod || (!podSelector && !namespaceSelector)) {
		return 'no';
	}

	const {namespaceLabels} = party as Extract<Party, {type: 'pod' | 'host'}>;
	const inNamespace = namespaceSelector
		? matchNamespace(namespaceSelector, pod.namespace, namespaceLabels)
		: // Without a namespaceSelector the policy's own namespace is meant.
			pod.namespace === namespace
			? 'yes'
			: 'no';
	const chosen = both(inNamespace, () =>
		!podSelector || matchesSelector(podSelector, pod.labels) ? 'yes' : 'no',
	);
	return party.type === 'host' ? both(chosen, () => identity.selectorsMeanHostPods) : chosen;
}

/** Whether a selector means a namespace whose labels may not be known. */
export function matchNamespace(
	selector: LabelSelector,
	namespace: string,
	labels: Labels | undefined,
): Answer {
	if (labels) {
		return matchesSelector(selector, {[nameLabel]: namespace, ...labels}) ? 'yes' : 'no';
	}

	const keys = [
		...Object.keys(selector.matchLabels),
		...selector.matchExpressions.map((requirement) => requirement.key),
	];
	const isTold = keys.every((key) => key === nameLabel);
	return isTold ? (matchesSelector(selector, {[nameLabel]: namespace}) ? 'yes' : 'no') : 'unknown';
}

function matchBlock(
	{cidr, except}: NonNullable<PolicyPeer['ipBlock']>,
	party: Exclude<Party, {type: 'anybody'}>,
	{blocksMeanPods, blocksMeanNodes}: Identity,
): Answer {
	const block = parseCidr(cidr);
	if (!block || party.type === 'cilium-ingress' || (party.type === 'pod' && !blocksMeanPods)) {
		return 'no';
	}

	const holes = except.flatMap((item) => parseCidr(item) ?? []);
	const contains = (ip: Ip): boolean =>
		// `except` takes away from its own block only.
		cidrContains(block, ip) && !holes.some((hole) => cidrContains(hole, ip));
	const all = addressesOf(party);
	if (all.length === 0) {
		return party.type === 'address' && block.prefix === 0 && except.length === 0 ? 'yes' : 'unknown';
	}

	// A node has addresses of both families; the connection uses one.
	const addresses = party.type === 'host' ? all.filter(({family}) => family === block.family) : all;
	const fitting = addresses.filter(contains).length;
	const answer: Answer = fitting === 0 ? 'no' : fitting === addresses.length ? 'yes' : 'unknown';
	return party.type === 'host' ? both(answer, () => blocksMeanNodes) : answer;
}

function addressesOf(party: Extract<Party, {type: 'pod' | 'host' | 'address'}>): readonly Ip[] {
	const texts =
		party.type === 'pod' ? [party.ip] : party.type === 'host' ? [...party.ips, ...party.tunnel] : party.ips;
	return texts.flatMap((ip) => (ip === undefined ? [] : (parseIp(ip) ?? [])));
}
