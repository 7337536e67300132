import {isWithin, parseIp} from '../../model/matching/ip.ts';
import type {EgressFirewallRule} from '../../model/policies/egress-firewall.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Decision} from './decide.ts';
import {enforcerOf} from './enforcer.ts';
import {anyOf, both, type Answer, type Party} from './party.ts';

type Question = {
	readonly snapshot: Snapshot;
	readonly subject: Pod;
	readonly peer: Party;
	readonly destination: {readonly protocol: string; readonly port: number};
};

/**
What the EgressFirewall of a pod's namespace says of a destination that is no pod: the first rule that means it decides, and what none
means is let out (OVN-Kubernetes, Egress Firewall; its pods are the whole namespace). Undefined: it lets the connection out.
*/
export function decideByEgressFirewall(question: Question): Decision | undefined {
	const {snapshot, subject, peer} = question;
	const isOutside = peer.type === 'address' || peer.type === 'host';
	if (!isOutside || enforcerOf(snapshot, snapshot.version).name !== 'OVN-Kubernetes') {
		return undefined;
	}

	const firewalls = snapshot.list('EgressFirewall', subject.namespace);
	const by = firewalls.map((each) => refOf('EgressFirewall', each));
	for (const rule of firewalls.flatMap(({rules}) => rules)) {
		const answer = means(rule, peer.ips, question);
		if (answer === 'unknown') {
			return {verdict: 'undecidable', isolated: true, by};
		}

		if (answer === 'yes') {
			return rule.allows ? undefined : {verdict: 'denied', isolated: true, by, byRule: true};
		}
	}

	return undefined;
}

function means({cidr, ports}: EgressFirewallRule, ips: readonly string[], {destination}: Question): Answer {
	const isPort =
		ports.length === 0 ||
		ports.some(
			({protocol, port}) =>
				protocol === destination.protocol && (port === undefined || port === destination.port),
		);
	return both(isPort ? 'yes' : 'no', () =>
		cidr === undefined || ips.length === 0 ? 'unknown' : anyOf(ips, (text) => isIn(text, cidr)),
	);
}

function isIn(text: string, cidr: string): Answer {
	const ip = parseIp(text);
	return ip === undefined ? 'unknown' : isWithin(ip, cidr) ? 'yes' : 'no';
}
