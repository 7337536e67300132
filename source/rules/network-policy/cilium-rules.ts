import type {Direction} from '../../model/network-policy.ts';
import type {Pod} from '../../model/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Decision} from './decide.ts';
import {ciliumPoliciesOf} from './foreign.ts';
import type {Destination} from './match-port.ts';
import type {Party} from './party.ts';

export type CiliumQuestion = {
	readonly snapshot: Snapshot;
	readonly direction: Direction;
	/** Whose policies are asked. */
	readonly subject: Pod;
	readonly peer: Party;
	readonly destination: Destination;
};

/**
What is certain beside policies of Cilium. They only add to what NetworkPolicies admit, but for rules that deny; a rule for a reserved
identity admits it whatever the rest says (docs, policy language: entities, deny policies). Undefined: not certain.
*/
export function decideByCilium(question: CiliumQuestion, decision: Decision): Decision | undefined {
	const {snapshot, direction, subject, destination} = question;
	const selected = ciliumPoliciesOf(snapshot, subject, direction);
	if (
		selected.length === 0 ||
		selected.some(({policy}) => policy.cilium?.denies.includes(direction) ?? true)
	) {
		return undefined;
	}

	if (decision.verdict === 'allowed' && decision.isolated) {
		return decision;
	}

	const entities = entitiesOf(question);
	const admitting = selected.filter(
		({policy, isSure}) =>
			isSure &&
			policy.cilium?.admits.some(
				(rule) =>
					rule.direction === direction &&
					rule.entities.some((each) => entities.includes(each)) &&
					(rule.ports === undefined ||
						(destination.protocol === 'TCP' && rule.ports.includes(String(destination.port)))),
			),
	);
	return admitting.length > 0
		? {verdict: 'allowed', isolated: true, by: admitting.map(({ref}) => ref)}
		: undefined;
}

/** The reserved identities that Cilium certainly has for the other side. */
function entitiesOf({snapshot, subject, peer}: CiliumQuestion): readonly string[] {
	switch (peer.type) {
		case 'cilium-ingress':
			return ['all', 'ingress'];
		case 'pod':
			return ['all', 'cluster'];
		case 'host': {
			const isOwn = subject.hostIP !== undefined && peer.ips.includes(subject.hostIP);
			return ['all', 'cluster', isOwn ? 'host' : 'remote-node', ...apiServer(snapshot, peer.ips)];
		}

		case 'address':
			return ['all', ...apiServer(snapshot, peer.ips)];
		case 'anybody':
			return [];
	}
}

/** The endpoints of Service default/kubernetes. */
function apiServer(snapshot: Snapshot, ips: readonly string[]): readonly string[] {
	const own = snapshot
		.slicesOf('default', 'kubernetes')
		.flatMap(({endpoints}) => endpoints.flatMap(({addresses}) => addresses));
	return ips.length > 0 && ips.every((ip) => own.includes(ip)) ? ['kube-apiserver'] : [];
}
