import type {NetworkPolicyDetails} from '../details.ts';
import {combine, toOthers} from './combine.ts';
import type {Connection, PolicySource} from '../../rules/network-policy/connections.ts';
import type {MeshDenial} from './mesh-denies.ts';
import {policyName} from './policy-text.ts';
import type {Enforcer} from '../../rules/network-policy/enforcer.ts';
import {probed} from './probed.ts';
import {count, namesOf} from '../words.ts';

export function detailsOf(connections: readonly Connection[]): NetworkPolicyDetails {
	const side = (direction: 'ingress' | 'egress') => {
		const {verdict, by} = combine(connections.map((connection) => connection[direction]));
		return {verdict, by: by.map(policyName)};
	};
	return {ingress: side('ingress'), egress: side('egress')};
}

type Sides = {
	readonly seen: ReturnType<typeof probed>;
	readonly enforcer: Enforcer;
	readonly denied: MeshDenial | undefined;
	/** The client is the only pod that answers. */
	readonly isItself: boolean;
};

export function summaryOf(connections: readonly Connection[], from: PolicySource, sides: Sides): string {
	const others = toOthers(connections);
	const ingress = combine(others.map((connection) => connection.ingress));
	const egress = combine(others.map((connection) => connection.egress));
	if (sides.seen === 'connected') {
		return 'a probe from the client connected';
	}

	const worst = [ingress, egress].find(({verdict}) => verdict !== 'allowed');
	if (worst) {
		return notAdmitted(worst, {...sides, reachesItself: others.length < connections.length});
	}

	const by = [...new Set([...ingress.by, ...egress.by].map(policyName))];
	if (by.length === 0 && sides.isItself) {
		return 'the pod asks itself, which no policy forbids';
	}

	if (by.length === 0) {
		return sides.denied?.summary ?? 'no policy selects these pods';
	}

	const policies = count(by.length, 'policy', 'policies');
	if (from.type === 'node' && from.name === undefined) {
		return `${policies}: ask with --from pod/NAME`;
	}

	return from.type === 'controller' && from.pods.length === 0 && !from.sender
		? `${policies}: the pods that ask are not known`
		: `admitted by ${namesOf(by)}`;
}

function notAdmitted(
	{verdict, by}: ReturnType<typeof combine>,
	{seen, enforcer, reachesItself}: Sides & {readonly reachesItself: boolean},
): string {
	const names = namesOf(by.map(policyName));
	if (enforcer.enforces === false && seen !== 'timed-out') {
		return `${names}: not enforced by ${enforcer.name}`;
	}

	if (verdict === 'partly') {
		return `some backends denied by ${names}`;
	}

	return verdict === 'denied'
		? `${reachesItself ? 'only itself is reachable: ' : ''}denied by ${names}`
		: `not known: ${names}`;
}
