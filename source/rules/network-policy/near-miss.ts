import {matchesSelector} from '../../model/label-selector.ts';
import type {NetworkPolicy, PolicyRule} from '../../model/network-policy.ts';
import type {Direction} from './decide.ts';
import type {Identity} from './identity.ts';
import {matchPeer} from './match-peer.ts';
import {matchPort, type Destination} from './match-port.ts';
import type {Party} from './party.ts';

/** A rule that all but admits a connection. */
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

/** The first rule of the policies that nearly admits the connection. */
export function nearMissOf({policies, ...question}: Question): NearMiss | undefined {
	const field = question.direction === 'Ingress' ? 'ingress' : 'egress';
	for (const policy of policies) {
		for (const [index, rule] of (policy[field] ?? []).entries()) {
			const path = `spec.${field}[${index}]`;
			const found =
				otherNamespace(policy, rule, {...question, path}) ?? otherPort(policy, rule, {...question, path});
			if (found) {
				return found;
			}
		}
	}

	return undefined;
}

type At = Omit<Question, 'policies'> & {readonly path: string};

function otherNamespace(
	policy: NetworkPolicy,
	{peers = [], ports = []}: PolicyRule,
	{peer, destination, path, direction}: At,
): NearMiss | undefined {
	const isPort = ports.length === 0 || ports.some((port) => matchPort(port, destination) === 'yes');
	const at = peers.findIndex(
		({podSelector, namespaceSelector}) =>
			peer.type === 'pod' &&
			podSelector !== undefined &&
			namespaceSelector === undefined &&
			peer.pod.namespace !== policy.namespace &&
			// An empty podSelector means the policy's own namespace, and was meant so.
			Object.keys(podSelector.matchLabels).length + podSelector.matchExpressions.length > 0 &&
			matchesSelector(podSelector, peer.pod.labels),
	);
	return isPort && at >= 0 && peer.type === 'pod'
		? {
				policy,
				path: `${path}.${direction === 'Ingress' ? 'from' : 'to'}[${at}]`,
				type: 'namespace',
				peerNamespace: peer.pod.namespace,
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
