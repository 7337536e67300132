import {groupByEach} from '../../../model/matching/group-by-each.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import {plainHost} from '../../host-match.ts';
import {memoize} from '../../memoize.ts';
import {oldestFirst, rulesOf} from '../../ingress/rules.ts';
import type {RuleRef} from '../../ingress/decision.ts';
import {annotationOf, booleanOf, isTcpService} from './annotations.ts';

/**
What annotations say of a host: the oldest Ingress that names it in a rule or a TLS entry and has the annotation (addHost of
pkg/converters/ingress/ingress.go, and annotations/mapper.go).
*/
export function saidOfHost(ingresses: readonly Ingress[], host: string, name: string): string | undefined {
	return (namedBy(ingresses).get(host) ?? [])
		.map((ingress) => annotationOf(ingress, name))
		.find((value) => value !== undefined);
}

/** Connections of its host are passed on to the backend of this rule, if they are TLS. */
export function passesTls({host, value}: RuleRef, ingresses: readonly Ingress[]): boolean {
	return (
		(value || '/') === '/' && booleanOf(saidOfHost(ingresses, plainHost(host), 'ssl-passthrough')) === true
	);
}

export type HostWith = {readonly host: string; readonly value: string; readonly rule: RuleRef};

/** The hosts of which an annotation says something, in the order of their names. */
export function hostsWith(ingresses: readonly Ingress[], name: string): readonly HostWith[] {
	const table = tables(ingresses);
	const known = table.get(name) ?? findHostsWith(ingresses, name);
	table.set(name, known);
	return known;
}

const tables = memoize((_ingresses: readonly Ingress[]) => new Map<string, readonly HostWith[]>());

function findHostsWith(ingresses: readonly Ingress[], name: string): readonly HostWith[] {
	return [...namedBy(ingresses)]
		.flatMap(([host, named]) => {
			const ingress = named.find((each) => annotationOf(each, name) !== undefined);
			const value = ingress && annotationOf(ingress, name);
			const rule = ingress && ruleOf(ingress, host);
			return value && rule ? [{host, value, rule}] : [];
		})
		.toSorted((a, b) => (a.host < b.host ? -1 : 1));
}

function ruleOf(ingress: Ingress, host: string): RuleRef | undefined {
	const rules = rulesOf(ingress);
	return rules.find((rule) => plainHost(rule.host) === host) ?? rules[0];
}

/** The Ingresses that name a host, oldest first. */
const namedBy = memoize((ingresses: readonly Ingress[]) =>
	groupByEach(
		oldestFirst(ingresses).filter((each) => !isTcpService(each)),
		({rules, tls}) => {
			const named = [...rules.map(({host}) => host), ...tls.flatMap(({hosts}) => hosts)];
			return new Set(named.filter((host) => host !== '').map(plainHost));
		},
	),
);
