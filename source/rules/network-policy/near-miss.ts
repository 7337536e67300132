import {matchesSelector} from '../../model/matching/label-selector.ts';
import type {Direction, NetworkPolicy, PolicyPeer, PolicyRule} from '../../model/policies/network-policy.ts';
import type {Identity} from './identity.ts';
import {matchPeer} from './match-peer.ts';
import {matchPort, matchPorts, type Destination} from './match-port.ts';
import type {Party} from './party.ts';

/** A rule that nearly admits a connection. */
export type NearMiss = {
	readonly policy: NetworkPolicy;
	/** `spec.ingress[0].from[0]`. */
	readonly path: string;
} & (
	| {
			/** A podSelector alone looks in the policy's own namespace (kubernetes/kubernetes#112467). */
			readonly type: 'namespace';
			readonly peerNamespace: string;
	  }
	/**
	The selectors fit a pod on the network of its node, which this network plugin takes for the node
	(projectcalico/calico#4493).
	*/
	| {readonly type: 'host-pod'; readonly pod: string; readonly node: string; readonly isEntity: boolean}
	/**
	The address is in the block, and whoever enforces the policy takes the peer for an identity that no block means (Cilium).
	*/
	| {readonly type: 'block'; readonly cidr: string; readonly means: 'node' | 'pod'}
	/** Namespaces carry kubernetes.io/metadata.name, and not the `name` that the selector asks for. */
	| {readonly type: 'label-name'; readonly name: string}
	/** The peer fits and the port does not: a Service's port for the container's, 53 for 5353. */
	| {readonly type: 'port'; readonly ports: readonly string[]}
);

type Question = {
	readonly policies: readonly NetworkPolicy[];
	readonly direction: Direction;
	readonly peer: Party;
	readonly destination: Destination;
	readonly identity: Identity;
};

/** The rule of the policies that nearly admits the connection: one that means the peer goes before one of another port. */
export function nearMissOf({policies, ...question}: Question): NearMiss | undefined {
	const field = question.direction === 'Ingress' ? 'ingress' : 'egress';
	const rules = policies.flatMap((policy) =>
		(policy[field] ?? []).map((rule, index) => ({
			policy,
			rule,
			at: {...question, path: `spec.${field}[${index}]`},
		})),
	);
	const ofPort = rules.filter(({rule}) => matchPorts(rule.ports ?? [], question.destination) === 'yes');
	for (const nearly of [otherNamespace, labelName, blockOfIdentity, hostPod]) {
		const [found] = ofPort.flatMap(({policy, rule, at}) => nearly(policy, rule.peers ?? [], at) ?? []);
		if (found) {
			return found;
		}
	}

	return rules.flatMap(({policy, rule, at}) => otherPort(policy, rule, at) ?? [])[0];
}

type At = Omit<Question, 'policies'> & {readonly path: string};

/** `spec.ingress[0].from[1]`. */
function peerPath({path, direction}: At, index: number): string {
	return `${path}.${direction === 'Ingress' ? 'from' : 'to'}[${index}]`;
}

function otherNamespace(policy: NetworkPolicy, peers: readonly PolicyPeer[], at: At): NearMiss | undefined {
	const {peer} = at;
	if (peer.type !== 'pod' || peer.pod.namespace === policy.namespace) {
		return undefined;
	}

	const index = peers.findIndex(
		({podSelector, namespaceSelector}) =>
			podSelector !== undefined &&
			namespaceSelector === undefined &&
			// An empty podSelector selects the whole namespace of the policy: that was meant.
			Object.keys(podSelector.matchLabels).length + podSelector.matchExpressions.length > 0 &&
			matchesSelector(podSelector, peer.pod.labels),
	);
	return index >= 0
		? {policy, path: peerPath(at, index), type: 'namespace', peerNamespace: peer.pod.namespace}
		: undefined;
}

/** The API server sets kubernetes.io/metadata.name (docs, Automatic labelling); older manifests ask for `name`. */
function labelName(policy: NetworkPolicy, peers: readonly PolicyPeer[], at: At): NearMiss | undefined {
	const {peer} = at;
	if (peer.type !== 'pod' || !peer.namespaceLabels || peer.namespaceLabels['name'] !== undefined) {
		return undefined;
	}

	const {pod, namespaceLabels} = peer;
	const index = peers.findIndex(
		({namespaceSelector, podSelector}) =>
			namespaceSelector?.matchLabels['name'] === pod.namespace &&
			matchesSelector(namespaceSelector, {...namespaceLabels, name: pod.namespace}) &&
			(podSelector === undefined || matchesSelector(podSelector, pod.labels)),
	);
	return index >= 0
		? {policy, path: `${peerPath(at, index)}.namespaceSelector`, type: 'label-name', name: pod.namespace}
		: undefined;
}

function blockOfIdentity(policy: NetworkPolicy, peers: readonly PolicyPeer[], at: At): NearMiss | undefined {
	const {peer, identity} = at;
	const byAddress: Identity = {...identity, blocksMeanPods: true, blocksMeanNodes: 'yes'};
	const {namespace} = policy;
	const index = peers.findIndex(
		(item) => item.ipBlock && matchPeer(item, peer, {namespace, identity: byAddress}) !== 'no',
	);
	const cidr = peers[index]?.ipBlock?.cidr;
	return cidr !== undefined && (peer.type === 'host' || peer.type === 'pod')
		? {
				policy,
				path: `${peerPath(at, index)}.ipBlock.cidr`,
				type: 'block',
				cidr,
				means: peer.type === 'host' ? 'node' : 'pod',
			}
		: undefined;
}

function hostPod(policy: NetworkPolicy, peers: readonly PolicyPeer[], at: At): NearMiss | undefined {
	const {peer, identity} = at;
	if (peer.type !== 'host' || !peer.pod) {
		return undefined;
	}

	const asPods: Identity = {...identity, selectorsMeanHostPods: 'yes'};
	const index = peers.findIndex(
		(item) => matchPeer(item, peer, {namespace: policy.namespace, identity: asPods}) === 'yes',
	);
	return index >= 0
		? {
				policy,
				path: peerPath(at, index),
				type: 'host-pod',
				pod: peer.pod.name,
				node: peer.pod.nodeName ?? '',
				isEntity: identity.blocksMeanNodes === 'no',
			}
		: undefined;
}

function otherPort(
	policy: NetworkPolicy,
	{peers = [], ports = []}: PolicyRule,
	{peer, destination, identity, path}: At,
): NearMiss | undefined {
	const {namespace} = policy;
	const isPeer =
		peers.length === 0 || peers.some((item) => matchPeer(item, peer, {namespace, identity}) === 'yes');
	return isPeer && ports.length > 0 && ports.every((port) => matchPort(port, destination) === 'no')
		? {
				policy,
				path: `${path}.ports`,
				type: 'port',
				ports: ports.map(
					({port, endPort, protocol}) => `${port ?? '*'}${endPort ? `-${endPort}` : ''}/${protocol}`,
				),
			}
		: undefined;
}
