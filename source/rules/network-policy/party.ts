import type {Labels} from '../../model/meta.ts';
import type {Pod} from '../../model/workloads/pod.ts';

/** One side of a connection, as whoever enforces policies takes it. */
export type Party =
	| {
			readonly type: 'pod';
			readonly pod: Pod;
			/** Absent: the Namespace may not be read. */
			readonly namespaceLabels?: Labels;
			/** Of the family that the connection uses. */
			readonly ip?: string;
	  }
	/** A node, or a pod on its network. */
	| {
			readonly type: 'host';
			readonly pod?: Pod;
			readonly namespaceLabels?: Labels;
			readonly ips: readonly string[];
			/** Addresses from whose range its tunnel interface has one: a node may send to pods of other nodes from there. */
			readonly tunnel: readonly string[];
	  }
	/** Anything that is neither, by addresses: any of them may be meant. None: not known. */
	| {readonly type: 'address'; readonly ips: readonly string[]}
	/** Envoy of Cilium's Ingress and Gateway: no selector and no ipBlock means it (cilium/cilium#36509). */
	| {readonly type: 'cilium-ingress'}
	/** Any client: asks whether the policy admits anybody at all. */
	| {readonly type: 'anybody'};

/** Its own addresses, as far as they are known. */
export function ipsOf(party: Party): readonly string[] {
	if (party.type === 'pod') {
		return party.ip === undefined ? [] : [party.ip];
	}

	return 'ips' in party ? party.ips : [];
}

/** Whether something holds; `unknown` where the objects do not tell. */
export type Answer = 'yes' | 'no' | 'unknown';

export function anyOf<T>(items: readonly T[], test: (item: T) => Answer): Answer {
	const answers = items.map(test);
	return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

export function both(a: Answer, b: () => Answer): Answer {
	if (a === 'no') {
		return 'no';
	}

	const other = b();
	return other === 'no' ? 'no' : a === 'unknown' ? 'unknown' : other;
}
