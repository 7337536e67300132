import {kubectl} from '../../model/command.ts';
import type {Protocol} from '../../model/service.ts';
import type {CatalogueEntry} from '../catalogue-entry.ts';
import {type EvidenceField, type Finding, finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {combine} from './combine.ts';
import type {Connection, PolicySource} from '../../rules/network-policy/connections.ts';
import type {Probed} from './probed.ts';
import {networkPolicyFindings} from './catalogue.ts';

type Judged = {
	readonly connections: readonly Connection[];
	readonly from: PolicySource;
	readonly protocol: Protocol;
	readonly seen: Probed;
};

/** KNET801, 802, 804, 805 and 806. Nothing where a probe from the client got through. */
export function policyFindings(judged: Judged): readonly Finding[] {
	return judged.seen === 'connected'
		? []
		: [ingressFinding(judged), egressFinding(judged)].filter((item) => item !== undefined);
}

function ingressFinding(judged: Judged): Finding | undefined {
	const {connections, from} = judged;
	const {verdict, by} = combine(connections.map(({ingress}) => ingress));
	switch (verdict) {
		case 'allowed':
			return undefined;
		case 'partly':
			return someBackends(judged, 'ingress', by);
		case 'undecidable':
			return undecidable(judged, by);
		case 'denied':
			return from.type === 'controller'
				? denied(judged, {
						entry: networkPolicyFindings.policyBlocksController,
						by,
						message: controllerMessage(judged, from.name, by),
					})
				: denied(judged, {
						entry: networkPolicyFindings.policyDeniesIngress,
						by,
						message: ingressMessage(judged, by),
					});
	}
}

function egressFinding(judged: Judged): Finding | undefined {
	const {verdict, by} = combine(judged.connections.map(({egress}) => egress));
	switch (verdict) {
		case 'allowed':
			return undefined;
		case 'partly':
			return someBackends(judged, 'egress', by);
		case 'undecidable':
			return undecidable(judged, by);
		case 'denied':
			return denied(judged, {
				entry: networkPolicyFindings.policyDeniesEgress,
				by,
				message: `${policiesText(by)} of ${sourceText(judged.from)} admits no egress to ${portText(judged)} of these pods.`,
			});
	}
}

function ingressMessage(judged: Judged, by: readonly string[]): string {
	return judged.from.type === 'node'
		? `${policiesText(by)} admits nobody on ${portText(judged)}.`
		: `${policiesText(by)} does not admit ${sourceText(judged.from)} on ${portText(judged)}.`;
}

function controllerMessage(judged: Judged, name: string, by: readonly string[]): string {
	return `${policiesText(by)} does not admit the pods of ${name} on ${portText(judged)}: the controller cannot connect.`;
}

function denied(
	{seen}: Judged,
	{
		entry,
		by,
		message,
	}: {readonly entry: CatalogueEntry; readonly by: readonly string[]; readonly message: string},
): Finding {
	const proven = seen === 'timed-out';
	return finding(entry, {
		message: proven
			? `${message} A probe from there timed out.`
			: `${message} If the network enforces it, connections time out.`,
		evidence: policyEvidence(by, 'no rule matches'),
		remedy: `Add a rule for ${entry === networkPolicyFindings.policyDeniesEgress ? 'these pods' : 'this source'} and the container port to one of these policies, or a policy of its own.`,
		command: showPolicies(by),
		...(proven ? {severity: 'error' as const} : {}),
	});
}

function someBackends(
	{connections, ...judged}: Judged,
	direction: 'ingress' | 'egress',
	by: readonly string[],
): Finding {
	const shut = connections.filter((connection) => connection[direction].verdict === 'denied');
	const names = [...new Set(shut.map(({endpoint}) => endpoint.pod ?? endpoint.address))];
	const total = new Set(connections.map(({endpoint}) => endpoint.pod ?? endpoint.address)).size;
	return finding(networkPolicyFindings.policyAdmitsSomeBackends, {
		message: `${policiesText(by)} admits ${sourceText(judged.from)} to ${total - names.length} of ${count(total, 'backend')}, not to ${namesOf(names)}.`,
		evidence: policyEvidence(by, `denies ${namesOf(names)}`),
		remedy:
			'Compare the labels and named ports of these pods with the policies: all backends of a Service should be selected alike.',
		command: showPolicies(by),
	});
}

function undecidable({connections, from}: Judged, by: readonly string[]): Finding {
	const host = connections.some(
		({endpoint, from: pod}) => endpoint.podObject?.hostNetwork || pod?.hostNetwork,
	);
	const why = host
		? "pods on the node's network are treated differently by each network plugin"
		: from.type === 'external'
			? 'it depends on the address that the pod sees'
			: 'it depends on a named port or a label that is not known';
	return finding(networkPolicyFindings.policyUndecidable, {
		message: `Whether ${policiesText(by)} admits ${sourceText(from)} cannot be told: ${why}.`,
		evidence: policyEvidence(by, 'may match'),
		remedy: 'Probe the connection from the client.',
		command: showPolicies(by),
	});
}

function policyEvidence(by: readonly string[], value: string): readonly EvidenceField[] {
	return by.slice(0, 5).map((name) => ({object: `NetworkPolicy/${name}`, path: 'spec', value}));
}

function policiesText(by: readonly string[]): string {
	return `NetworkPolicy ${namesOf(by)}`;
}

function portText({connections, protocol}: Judged): string {
	const ports = [...new Set(connections.map(({endpoint}) => endpoint.port))];
	return `port ${ports.join(', ')}/${protocol}`;
}

function sourceText(from: PolicySource): string {
	switch (from.type) {
		case 'pod':
			return `pod ${from.pod.namespace}/${from.pod.name}`;
		case 'controller':
			return `the pods of ${from.name}`;
		case 'external':
			return 'clients outside the cluster';
		case 'node':
			return 'anybody';
	}
}

function showPolicies(by: readonly string[]): string {
	const [namespace = '', first = ''] = by[0]?.split('/') ?? [];
	const same = by
		.filter((name) => name.startsWith(`${namespace}/`))
		.map((name) => name.split('/')[1] ?? first);
	return kubectl({namespace}, 'get', 'networkpolicy', ...same, '-o', 'yaml');
}
