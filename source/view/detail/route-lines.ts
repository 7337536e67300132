import type {MatchedRule, RouteDetails} from '../../path/details.ts';
import {span, type Line} from '../text/line.ts';
import {percent} from '../text/words.ts';
import {blocks, fact, table, type RenderOptions} from './render-options.ts';

const backendColumns = [
	{header: 'BACKEND', min: 12},
	{header: 'SERVICE PORT'},
	{header: 'WEIGHT', align: 'right', drop: 2},
	{header: 'SHARE', align: 'right'},
] as const;

const loserColumns = [
	{header: 'OTHER RULE', min: 12},
	{header: 'HOST', min: 8, drop: 2},
	{header: 'PATH', min: 6, drop: 1},
	{header: 'LOSES BECAUSE', min: 16},
] as const;

/** The rule that takes the request, where it sends it, and why other rules do not get it. */
export function routeLines(details: RouteDetails, renderOptions: RenderOptions): readonly Line[] {
	const backends = details.backends.map(({kind, namespace, name, port, weight, share}) => [
		kind === 'Service' ? `${namespace}/${name}` : `${kind} ${namespace}/${name}`,
		String(port ?? ''),
		String(weight),
		span(percent(share), share === 0 ? 'dim' : undefined),
	]);
	const losers = details.losers.map((rule) => [
		ruleName(rule),
		rule.host || '*',
		rulePath(rule),
		span(rule.why),
	]);
	return blocks(
		details.matched ? matchedFacts(details.matched) : [],
		(details.changes ?? []).flatMap((text, position) => fact(position === 0 ? 'changes' : '', text)),
		table(backendColumns, backends, renderOptions),
		table(loserColumns, losers, renderOptions),
	);
}

function matchedFacts(rule: MatchedRule): readonly Line[] {
	return [
		...fact('matched', `${rule.kind} ${rule.namespace}/${rule.name}${position(rule)}`),
		...fact('host', rule.host || 'any host'),
		...fact('path', rulePath(rule)),
		...fact('listener', rule.listener),
	];
}

/** Field path of the rule as kubectl writes it; nothing for a default backend. */
function position(rule: MatchedRule): string {
	const path = rule.path === undefined ? '' : `.paths[${rule.path}]`;
	return rule.rule === undefined ? '' : `  rules[${rule.rule}]${path}`;
}

function ruleName(rule: MatchedRule): string {
	return `${rule.kind} ${rule.namespace}/${rule.name}`;
}

function rulePath(rule: MatchedRule): string {
	return [rule.pathType, rule.value].filter((part) => part !== undefined && part !== '').join(' ');
}
