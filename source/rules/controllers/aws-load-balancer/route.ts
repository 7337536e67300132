import type {Ingress} from '../../../model/routes/ingress.ts';
import {noMatch, type RouteDecision, type RouteInput, type RuleRef} from '../../ingress/decision.ts';
import {exactly, byElements} from '../../ingress/path-fits.ts';
import {routeBy, type PathFit, type Reading} from '../../ingress/route-by.ts';
import {queryText} from '../../query-text.ts';
import {actionOf, isOmitted, outcomeOf} from './actions.ts';
import {hasConditions, isOpen, joinedTo, whyNotMet} from './conditions.ts';
import {hasSameListeners, whyNoListener} from './listeners.ts';
import {fitsPattern} from './pattern.ts';
import {compareText} from '../../../model/matching/compare-text.ts';

const prefix = 'alb.ingress.kubernetes.io/';

/** Ingresses of one group share a load balancer; without a group each has its own (annotations, group.name). */
export function groupOf({namespace, name, annotations}: Ingress): string {
	return annotations[`${prefix}group.name`] ?? `${namespace}/${name}`;
}

/** A path pattern of ELB: `*` is any text, `?` one character. Without a path a rule takes every path. */
const byPattern: PathFit = (path, urlPath, rule) =>
	rule?.value === '' ? joinedTo(rule).paths.length === 0 : fitsPattern(path, urlPath);

function orJoined(fit: PathFit): PathFit {
	return (path, urlPath, rule, budget) =>
		fit(path, urlPath, rule, budget) ||
		(rule !== undefined && joinedTo(rule).paths.some((pattern) => fitsPattern(pattern, urlPath)));
}

/** Hosts of conditions that are joined to that of the rule, as hosts are written in `otherHosts` of a record. */
export function otherHostsOf(rule: RuleRef): readonly string[] {
	return joinedTo(rule).hosts.map(hostText);
}

function hostText(pattern: string): string {
	return /[*?]/u.test(pattern.replace(/^\*\./u, ''))
		? `~(?i)^${pattern
				.replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`)
				.replaceAll('*', '.*')
				.replaceAll('?', '.')}$`
		: pattern;
}

const types = ['Exact', 'Prefix', 'ImplementationSpecific'] as const;

/** Rules in the order of the group, of the Ingress, then Exact, Prefix by length, ImplementationSpecific as written. */
function order(a: RuleRef, b: RuleRef): number {
	return (
		orderOf(a.ingress) - orderOf(b.ingress) ||
		compareText(`${a.ingress.namespace}/${a.ingress.name}`, `${b.ingress.namespace}/${b.ingress.name}`) ||
		(a.rule ?? 0) - (b.rule ?? 0) ||
		types.indexOf(a.pathType ?? 'Prefix') - types.indexOf(b.pathType ?? 'Prefix') ||
		(a.pathType === 'Prefix' ? (b.value?.length ?? 0) - (a.value?.length ?? 0) : 0) ||
		(a.path ?? 0) - (b.path ?? 0)
	);
}

function orderOf({annotations}: Ingress): number {
	return Number(annotations[`${prefix}group.order`] ?? 0) || 0;
}

/** A rule for every path of a host goes before later ones of the group: they get nothing on the same listeners. */
function whyHidden(other: RuleRef, winner: RuleRef): string | undefined {
	const {pathType, value = '', ingress, host} = winner;
	const takesAll =
		pathType === 'Prefix' ? value === '/' : pathType === 'ImplementationSpecific' && value === '/*';
	const isHidden =
		takesAll &&
		ingress !== other.ingress &&
		(host === '' || host === other.host) &&
		!actionOf(winner) &&
		!hasConditions(winner) &&
		hasSameListeners(ingress, other.ingress);
	return isHidden ? 'its Ingress comes first in the group, by group.order and then by name' : undefined;
}

const reading: Reading = {
	paths: {
		Exact: orJoined(exactly),
		Prefix: orJoined(byElements),
		ImplementationSpecific: orJoined(byPattern),
	},
	alsoTakes: {hosts: otherHostsOf, hasPaths: (rule) => joinedTo(rule).paths.length > 0},
	order,
	whyHidden,
	isolatesHosts: false,
	pathFirst: true,
	manyLabels: true,
	defaults: 'any-host',
	whyNotRemedy: 'Change that annotation, or ask for what it takes.',
};

/** model_build_listener_rules.go: a rule that would redirect to itself is left out of the listener. */
export function routeByAlb(input: RouteInput): RouteDecision {
	const decide = routeBy({
		all: [readingWith('met'), readingWith('missed')],
		assumption: 'a condition that is not read, as on the client address',
	});
	const hasNone = hasNoListener(input);
	const decision: RouteDecision = {...decide(input), stopWithoutRule: hasNone ? 'nobody' : undefined};
	const {matched} = decision;
	const toHttps = hasNone || input.request.scheme === 'https' ? undefined : sslRedirect(input);
	if (toHttps !== undefined) {
		const {host, urlPath} = input.request;
		const port = toHttps === '443' ? '' : `:${toHttps}`;
		const location = `https://${host}${port}${urlPath}${queryText(input.request)}`;
		return {
			...noMatch,
			...decision,
			status: undefined,
			redirect: {scheme: 'https', host, status: 301, location},
			backends: [],
		};
	}

	const action = matched && actionOf(matched);
	return matched && action ? {...decision, ...outcomeOf(matched, action, input.request)} : decision;
}

/** `open`: how conditions that are not known are taken. */
function readingWith(open: 'met' | 'missed'): Reading {
	return {
		...reading,
		whyNot: (rule, request) =>
			isOmitted(rule, request)
				? 'its redirect would lead to itself and is left out of this listener'
				: (whyNoListener(rule.ingress, request) ??
					whyNotMet(rule, request) ??
					(open === 'missed' && isOpen(rule) ? 'one of its conditions is not read' : undefined)),
	};
}

function hasNoListener({ingresses, request}: RouteInput): boolean {
	return ingresses.length > 0 && ingresses.every((ingress) => whyNoListener(ingress, request) !== undefined);
}

/** The annotation of any Ingress of the group: its http listeners then have no rules, and redirect all (buildListenerRules, buildSSLRedirectConfig). */
function sslRedirect({ingresses}: RouteInput): string | undefined {
	return ingresses.map(({annotations}) => annotations[`${prefix}ssl-redirect`]).find((port) => port);
}
