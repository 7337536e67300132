import type {
	AdminPeer,
	AdminPolicy,
	AdminPort,
	AdminRule,
	PodsSelector,
} from '../../model/policies/network-policy.ts';
import {projectLabelSelector, projectOptionalSelector} from '../label-selector.ts';
import {projectMeta} from '../meta.ts';
import {toProtocol} from '../services/service.ts';
import {
	list,
	number,
	optionalNumber,
	optionalRecord,
	optionalText,
	record,
	text,
	texts,
	type Wire,
	records,
} from '../wire.ts';

/** One for three kinds: v1alpha1 has two (one has no priority), and v1alpha2 has one with tiers. */
export function projectAdminPolicy(wire: Wire): AdminPolicy {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		tier: spec['tier'] === 'Baseline' ? 'Baseline' : 'Admin',
		priority: number(spec['priority']),
		subject: projectPods(record(spec['subject'])),
		ingress: records(spec['ingress']).map((item) => projectRule(item, 'from')),
		egress: records(spec['egress']).map((item) => projectRule(item, 'to')),
	};
}

export function projectBaselinePolicy(wire: Wire): AdminPolicy {
	return {...projectAdminPolicy(wire), tier: 'Baseline'};
}

function projectRule(rule: Wire, peers: 'from' | 'to'): AdminRule {
	const ports = rule['protocols'] ?? rule['ports'];
	return {
		action: actionOf(text(rule['action'])),
		peers: records(rule[peers]).map(projectPeer),
		ports: Array.isArray(ports) ? list(ports).flatMap((item) => projectPort(record(item))) : undefined,
	};
}

function actionOf(action: string): AdminRule['action'] {
	return action === 'Allow' || action === 'Accept' ? 'Accept' : action === 'Pass' ? 'Pass' : 'Deny';
}

function projectPeer(peer: Wire): AdminPeer {
	const {networks, domainNames} = peer;
	return {
		pods: projectPods(peer),
		nodes: projectOptionalSelector(peer['nodes']),
		networks: Array.isArray(networks) ? texts(networks) : undefined,
		domainNames: Array.isArray(domainNames) ? texts(domainNames) : undefined,
	};
}

function projectPods(value: Wire): PodsSelector | undefined {
	const pods = optionalRecord(value['pods']);
	if (pods) {
		return {
			namespaceSelector: projectLabelSelector(pods['namespaceSelector']),
			podSelector: projectLabelSelector(pods['podSelector']),
		};
	}

	const namespaceSelector = projectOptionalSelector(value['namespaces']);
	return namespaceSelector && {namespaceSelector};
}

/** v1alpha1: portNumber, portRange, namedPort. v1alpha2: tcp, udp, sctp with destinationPort, and destinationNamedPort. */
function projectPort(port: Wire): readonly AdminPort[] {
	const name = optionalText(port['namedPort']) ?? optionalText(port['destinationNamedPort']);
	if (name !== undefined) {
		return [{name}];
	}

	const number = optionalRecord(port['portNumber']);
	const range = optionalRecord(port['portRange']);
	if (number ?? range) {
		const of = record(number ?? range);
		const first = optionalNumber(of['port']) ?? optionalNumber(of['start']);
		return [{protocol: toProtocol(of['protocol']), first, last: optionalNumber(of['end']) ?? first}];
	}

	return (['tcp', 'udp', 'sctp'] as const).flatMap((name) => {
		const found = optionalRecord(port[name]);
		const to = record(record(found)['destinationPort']);
		const ends = record(to['range']);
		const first = optionalNumber(to['number']) ?? optionalNumber(ends['start']);
		const protocol = toProtocol(name.toUpperCase());
		return found ? [{protocol, first, last: optionalNumber(ends['end']) ?? first}] : [];
	});
}
