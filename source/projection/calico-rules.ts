import type {CalicoEntity, CalicoRule, CalicoRules, Direction} from '../model/network-policy.ts';
import {list, optionalNumber, record, records, text, texts, type Wire} from './wire.ts';

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

function ruleOf(rule: Wire, direction: Direction): CalicoRule {
	return {
		direction,
		action: text(rule['action']),
		protocol: protocolOf(rule['protocol']),
		notProtocol: protocolOf(rule['notProtocol']),
		isOpen: hasAny(rule, unreadOfRule),
		source: entityOf(record(rule['source'])),
		destination: entityOf(record(rule['destination'])),
	};
}

/** By its name or number; others than these are never that of a Service. */
function protocolOf(value: unknown): string | undefined {
	const names: Readonly<Record<number, string>> = {6: 'TCP', 17: 'UDP', 132: 'SCTP'};
	return value === undefined
		? undefined
		: typeof value === 'number'
			? (names[value] ?? String(value))
			: text(value).toUpperCase();
}

function entityOf(entity: Wire): CalicoEntity {
	const accounts = record(entity['serviceAccounts']);
	return {
		selector: text(entity['selector']),
		notSelector: text(entity['notSelector']),
		namespaceSelector: text(entity['namespaceSelector']),
		nets: netsOf(entity, 'nets', 'net'),
		notNets: netsOf(entity, 'notNets', 'notNet'),
		ports: portsOf(entity['ports']),
		notPorts: portsOf(entity['notPorts']),
		serviceAccounts: texts(accounts['names']),
		isOpen: hasAny(entity, unreadOfEntity) || text(accounts['selector']) !== '',
	};
}

function netsOf(entity: Wire, many: string, one: string): readonly string[] {
	return [...texts(entity[many]), text(entity[one])].filter(Boolean);
}

/** A number, a range `1:2`, or a name. */
function portsOf(value: unknown): readonly string[] {
	return list(value).map((port) => (typeof port === 'number' ? String(port) : text(port)));
}

function hasAny(wire: Wire, fields: readonly string[]): boolean {
	return fields.some((field) => wire[field] !== undefined && wire[field] !== null);
}
