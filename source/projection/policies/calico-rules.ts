import type {CalicoEntity, CalicoRule, CalicoRules, Direction} from '../../model/policies/network-policy.ts';
import {list, optionalNumber, record, records, text, texts, type Wire} from '../wire.ts';

/** Of a policy of Calico (projectcalico.org/v3, rule.go). */
export function calicoRules(spec: Wire): CalicoRules {
	return {
		order: optionalNumber(spec['order']),
		tier: text(spec['tier']) || 'default',
		rules: [
			...records(spec['ingress']).map((rule) => ruleOf(rule, 'Ingress')),
			...records(spec['egress']).map((rule) => ruleOf(rule, 'Egress')),
		],
	};
}

/** What narrows a rule further than knet follows. */
const unreadOfRule = ['http', 'icmp', 'notICMP', 'ipVersion'];
const unreadOfEntity = ['services', 'domains', 'notServiceAccounts'];

/** Felix reads actions in any case, and takes a rule without one for Allow (ruleActionAPIV3ToBackend; felix/rules/policy.go). */
const actions = ['Deny', 'Log', 'Pass'];

function ruleOf(rule: Wire, direction: Direction): CalicoRule {
	return {
		direction,
		action: actionOf(text(rule['action'])),
		protocol: protocolOf(rule['protocol']),
		notProtocol: protocolOf(rule['notProtocol']),
		isOpen: hasAny(rule, unreadOfRule),
		source: entityOf(record(rule['source'])),
		destination: entityOf(record(rule['destination'])),
	};
}

function actionOf(written: string): string {
	return actions.find((action) => action.toLowerCase() === written.toLowerCase()) ?? 'Allow';
}

/** By its name or number; others than these are never that of a Service. */
function protocolOf(value: unknown): string | undefined {
	const names: Readonly<Record<string, string>> = {6: 'TCP', 17: 'UDP', 132: 'SCTP'};
	const written = numberOrText(value).toUpperCase();
	return written === '' ? undefined : (names[written] ?? written);
}

function entityOf(entity: Wire): CalicoEntity {
	const accounts = record(entity['serviceAccounts']);
	return {
		selector: text(entity['selector']),
		notSelector: text(entity['notSelector']),
		namespaceSelector: text(entity['namespaceSelector']),
		nets: texts(entity['nets']),
		notNets: texts(entity['notNets']),
		ports: list(entity['ports']).map(numberOrText),
		notPorts: list(entity['notPorts']).map(numberOrText),
		serviceAccounts: texts(accounts['names']),
		isOpen: hasAny(entity, unreadOfEntity) || text(accounts['selector']) !== '',
	};
}

function numberOrText(value: unknown): string {
	return typeof value === 'number' ? String(value) : text(value);
}

function hasAny(wire: Wire, fields: readonly string[]): boolean {
	return fields.some((field) => wire[field] !== undefined && wire[field] !== null);
}
