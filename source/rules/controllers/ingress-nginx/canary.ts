import type {Ingress} from '../../../model/routes/ingress.ts';
import type {RuleRef, WeightedRule} from '../../ingress/decision.ts';
import {annotationOf, type NginxSettings} from './annotations.ts';
import {fitsRegex} from '../../regex/fits-regex.ts';
import {ruleKey, type Configuration} from './server.ts';
import type {HttpRequest} from '../../../model/request.ts';

type CanaryInput = {
	readonly primary: RuleRef;
	readonly canaries: Configuration['canaries'];
	readonly request: HttpRequest;
	readonly settings: NginxSettings;
};

/** The backends, and why they may be others. */
type Canaried = {readonly backends: readonly WeightedRule[]; readonly undecided: readonly string[]};

/** The primary backend and its canaries, with their shares: header before cookie before weight (docs, Canary). */
export function withCanaries({primary, canaries, request, settings}: CanaryInput): Canaried {
	const canary = canaries.get(ruleKey(primary))?.find((rule) => isCanaryOf(rule, primary));
	if (!canary) {
		return {backends: [{rule: primary, weight: 1, share: 1}], undecided: []};
	}

	const {share, undecided} = canaryShare(canary.ingress, request, settings);
	const total = Number(annotationOf(canary.ingress, 'canary-weight-total', settings)) || 100;
	const backends = [
		{rule: primary, weight: Math.round((1 - share) * total), share: 1 - share},
		{rule: canary, weight: Math.round(share * total), share},
	];
	return {backends, undecided};
}

function isCanaryOf(rule: RuleRef, primary: RuleRef): boolean {
	return (
		(rule.pathType === 'Exact') === (primary.pathType === 'Exact') &&
		rule.backend.type === 'service' &&
		primary.backend.type === 'service' &&
		!(rule.ingress.namespace === primary.ingress.namespace && sameService(rule, primary))
	);
}

function sameService({backend: a}: RuleRef, {backend: b}: RuleRef): boolean {
	return (
		a.type === 'service' &&
		b.type === 'service' &&
		a.name === b.name &&
		a.port.name === b.port.name &&
		a.port.number === b.port.number
	);
}

type Share = {
	/** 0 to 1. */
	readonly share: number;
	readonly undecided: readonly string[];
};

export function canaryShare(ingress: Ingress, request: HttpRequest, settings: NginxSettings): Share {
	const header = byHeader(ingress, request, settings);
	const undecided = header === 'unread' ? ['the canary-by-header-pattern could not be read'] : [];
	const chosen =
		header === undefined || header === 'unread' ? byCookie(ingress, request, settings) : header === 'canary';
	if (chosen !== undefined) {
		return {share: chosen ? 1 : 0, undecided};
	}

	const weight = Number(annotationOf(ingress, 'canary-weight', settings)) || 0;
	const total = Number(annotationOf(ingress, 'canary-weight-total', settings)) || 100;
	return {share: Math.min(1, Math.max(0, weight / total)), undecided};
}

type Choice = 'canary' | 'primary' | 'unread' | undefined;

/** Undefined: the header decides nothing. */
function byHeader(ingress: Ingress, request: HttpRequest, settings: NginxSettings): Choice {
	const name = annotationOf(ingress, 'canary-by-header', settings);
	const value = name && headerOf(request, name);
	if (!value) {
		return undefined;
	}

	const wanted = annotationOf(ingress, 'canary-by-header-value', settings);
	const pattern = annotationOf(ingress, 'canary-by-header-pattern', settings);
	if (wanted) {
		return value === wanted ? 'canary' : undefined;
	}

	return pattern ? byPattern(pattern, value) : choiceOf(alwaysOrNever(value));
}

function byPattern(pattern: string, value: string): Choice {
	const fits = fitsRegex(pattern, value);
	return fits === undefined ? 'unread' : fits ? 'canary' : undefined;
}

function choiceOf(isCanary: boolean | undefined): Choice {
	return isCanary === undefined ? undefined : isCanary ? 'canary' : 'primary';
}

function byCookie(ingress: Ingress, request: HttpRequest, settings: NginxSettings): boolean | undefined {
	const name = annotationOf(ingress, 'canary-by-cookie', settings);
	const cookies = headerOf(request, 'cookie')?.split(';') ?? [];
	const cookie = cookies.map((text) => text.trim()).find((text) => name && text.startsWith(`${name}=`));
	return cookie && name ? alwaysOrNever(cookie.slice(name.length + 1)) : undefined;
}

function alwaysOrNever(value: string): boolean | undefined {
	return value === 'always' ? true : value === 'never' ? false : undefined;
}

function headerOf({headers}: HttpRequest, name: string): string | undefined {
	return headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;
}
