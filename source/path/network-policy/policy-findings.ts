import {kubectl} from '../../model/command.ts';
import type {Protocol} from '../../model/service.ts';
import type {CatalogueEntry} from '../catalogue-entry.ts';
import {type EvidenceField, type Finding, finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {combine} from './combine.ts';
import type {Connection, PolicySource} from '../../rules/network-policy/connections.ts';
import type {Probed} from './probed.ts';
import {networkPolicyFindings} from './catalogue.ts';

type Evaluated = {
	readonly connections: readonly Connection[];
	readonly from: PolicySource;
	readonly protocol: Protocol;
	readonly seen: Probed;
};

/** KNET801, 802, 804, 805 and 806. Nothing where a probe from the client got through. */
export function policyFindings(evaluated: Evaluated): readonly Finding[] {
	return evaluated.seen === 'connected'
		? []
		: [ingressFinding(evaluated), egressFinding(evaluated)].filter((item) => item !== undefined);
}

function ingressFinding(evaluated: Evaluated): Finding | undefined {
	const {connections, from} = evaluated;
	const {verdict, by} = combine(connections.map(({ingress}) => ingress));
	switch (verdict) {
		case 'allowed':
			return undefined;
		case 'partly':
			return someBackends(evaluated, 'ingress', by);
		case 'undecidable':
			return undecidable(evaluated, by);
		case 'denied':
			return from.type === 'controller'
				? denied(evaluated, {
						entry: networkPolicyFindings.policyBlocksController,
						by,
						message: controllerMessage(evaluated, from.name, by),
					})
				: denied(evaluated, {
						entry: networkPolicyFindings.policyDeniesIngress,
						by,
						message: ingressMessage(evaluated, by),
					});
	}
}

function egressFinding(evaluated: Evaluated): Finding | undefined {
	const {verdict, by} = combine(evaluated.connections.map(({egress}) => egress));
	switch (verdict) {
		case 'allowed':
			return undefined;
		case 'partly':
			return someBackends(evaluated, 'egress', by);
		case 'undecidable':
			return undecidable(evaluated, by);
		case 'denied':
			return denied(evaluated, {
				entry: networkPolicyFindings.policyDeniesEgress,
				by,
				message: `${policiesText(by)} of ${sourceText(evaluated.from)} admits no egress to ${portText(evaluated)} of these pods.`,
			});
	}
}

function ingressMessage(evaluated: Evaluated, by: readonly string[]): string {
	return evaluated.from.type === 'node'
		? `${policiesText(by)} admits nobody on ${portText(evaluated)}.`
		: `${policiesText(by)} does not admit ${sourceText(evaluated.from)} on ${portText(evaluated)}.`;
}

function controllerMessage(evaluated: Evaluated, name: string, by: readonly string[]): string {
	return `${policiesText(by)} does not admit the pods of ${name} on ${portText(evaluated)}: the controller cannot connect.`;
}

function denied(
	{seen}: Evaluated,
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
	{connections, ...evaluated}: Evaluated,
	direction: 'ingress' | 'egress',
	by: readonly string[],
): Finding {
	const shut = connections.filter((connection) => connection[direction].verdict === 'denied');
	const names = [...new Set(shut.map(({endpoint}) => endpoint.pod ?? endpoint.address))];
	const total = new Set(connections.map(({endpoint}) => endpoint.pod ?? endpoint.address)).size;
	return finding(networkPolicyFindings.policyAdmitsSomeBackends, {
		message: `${policiesText(by)} admits ${sourceText(evaluated.from)} to ${total - names.length} of ${count(total, 'backend')}, not to ${namesOf(names)}.`,
		evidence: policyEvidence(by, `denies ${namesOf(names)}`),
		remedy:
			'Compare the labels and named ports of these pods with the policies: all backends of a Service should be selected alike.',
		command: showPolicies(by),
	});
}

function undecidable({connections, from}: Evaluated, by: readonly string[]): Finding {
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

function portText({connections, protocol}: Evaluated): string {
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
