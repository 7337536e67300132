import type {Ingress} from '../../../model/ingress.ts';
import {noMatch, type RouteDecision, type RouteInput, type RuleRef} from '../../ingress/decision.ts';
import {exactly, byElements} from '../../ingress/path-fits.ts';
import {routeBy, type PathFit, type Reading} from '../../ingress/route-by.ts';
import {compare} from '../../ingress/rules.ts';
import {actionOf, isOmitted, outcomeOf} from './actions.ts';

const prefix = 'alb.ingress.kubernetes.io/';

/** Ingresses of one group share a load balancer; without a group each has its own (annotations, group.name). */
export function groupOf({namespace, name, annotations}: Ingress): string {
	return annotations[`${prefix}group.name`] ?? `${namespace}/${name}`;
}

/** A path pattern of ELB: `*` is any text, `?` one character. */
const byPattern: PathFit = (path, urlPath) => fitsPattern(path, urlPath);

/** Linear in the text for each `*`: the parts between are looked for from left to right. */
function fitsPattern(pattern: string, text: string): boolean {
	const parts = pattern.split('*');
	const [first = '', ...rest] = parts;
	if (!fitsAt(first, text, 0)) {
		return false;
	}

	let at = first.length;
	for (const [index, part] of rest.entries()) {
		const isLast = index === rest.length - 1;
		const found = isLast ? lastPlace(part, text, at) : firstPlace(part, text, at);
		if (found === undefined) {
			return false;
		}

		at = found + part.length;
	}

	return rest.length > 0 || at === text.length;
}

function fitsAt(part: string, text: string, at: number): boolean {
	return (
		at + part.length <= text.length &&
		part.split('').every((char, offset) => char === '?' || char === text[at + offset])
	);
}

function firstPlace(part: string, text: string, from: number): number | undefined {
	for (let at = from; at + part.length <= text.length; at++) {
		if (fitsAt(part, text, at)) {
			return at;
		}
	}

	return undefined;
}

function lastPlace(part: string, text: string, from: number): number | undefined {
	const at = text.length - part.length;
	return at >= from && fitsAt(part, text, at) ? at : undefined;
}

const types = ['Exact', 'Prefix', 'ImplementationSpecific'] as const;

/** Rules in the order of the group, of the Ingress, then Exact, Prefix by length, ImplementationSpecific as written. */
function order(a: RuleRef, b: RuleRef): number {
	return (
		orderOf(a.ingress) - orderOf(b.ingress) ||
		compare(`${a.ingress.namespace}/${a.ingress.name}`, `${b.ingress.namespace}/${b.ingress.name}`) ||
		(a.rule ?? 0) - (b.rule ?? 0) ||
		types.indexOf(a.pathType ?? 'Prefix') - types.indexOf(b.pathType ?? 'Prefix') ||
		(a.pathType === 'Prefix' ? (b.value?.length ?? 0) - (a.value?.length ?? 0) : 0) ||
		(a.path ?? 0) - (b.path ?? 0)
	);
}

function orderOf({annotations}: Ingress): number {
	return Number(annotations[`${prefix}group.order`] ?? 0) || 0;
}

const reading: Reading = {
	paths: {Exact: exactly, Prefix: byElements, ImplementationSpecific: byPattern},
	order,
	isolatesHosts: false,
	pathFirst: true,
	manyLabels: true,
	defaults: 'any-host',
};

/** model_build_listener_rules.go: a rule that would redirect to itself is left out of the listener. */
export function routeByAlb(input: RouteInput): RouteDecision {
	const decide = routeBy({
		all: [
			{
				...reading,
				whyNot: (rule, request) =>
					isOmitted(rule, request)
						? 'its redirect would lead to itself and is left out of this listener'
						: undefined,
			},
		],
	});
	const decision = decide(input);
	const {matched} = decision;
	const toHttps = matched && input.request.scheme === 'http' && sslRedirect(matched.ingress);
	if (matched && toHttps) {
		const {host, urlPath} = input.request;
		const port = toHttps === '443' ? '' : `:${toHttps}`;
		const location = `https://${host}${port}${urlPath}`;
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

function sslRedirect({annotations}: Ingress): string | undefined {
	return annotations[`${prefix}ssl-redirect`];
}
