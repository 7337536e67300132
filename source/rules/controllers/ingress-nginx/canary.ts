import type {Ingress} from '../../../model/ingress.ts';
import type {RuleRef, WeightedRule} from '../../ingress/decision.ts';
import {annotationOf, type NginxSettings} from './annotations.ts';
import {fitsRegex} from '../../regex/fits-regex.ts';
import {ruleKey, type Configuration} from './server.ts';
import type {HttpRequest} from '../../../model/request.ts';

export type CanaryInput = {
	readonly primary: RuleRef;
	readonly canaries: Configuration['canaries'];
	readonly request: HttpRequest;
	readonly settings: NginxSettings;
};

/** The primary backend and its canaries, with their shares: header before cookie before weight (docs, Canary). */
export function withCanaries({primary, canaries, request, settings}: CanaryInput): readonly WeightedRule[] {
	const canary = canaries.get(ruleKey(primary))?.find((rule) => isCanaryOf(rule, primary));
	if (!canary) {
		return [{rule: primary, weight: 1, share: 1}];
	}

	const share = canaryShare(canary.ingress, request, settings);
	const total = Number(annotationOf(canary.ingress, 'canary-weight-total', settings)) || 100;
	return [
		{rule: primary, weight: Math.round((1 - share) * total), share: 1 - share},
		{rule: canary, weight: Math.round(share * total), share},
	];
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

/** 0 to 1. */
function canaryShare(ingress: Ingress, request: HttpRequest, settings: NginxSettings): number {
	const chosen = byHeader(ingress, request, settings) ?? byCookie(ingress, request, settings);
	if (chosen !== undefined) {
		return chosen ? 1 : 0;
	}

	const weight = Number(annotationOf(ingress, 'canary-weight', settings)) || 0;
	const total = Number(annotationOf(ingress, 'canary-weight-total', settings)) || 100;
	return Math.min(1, Math.max(0, weight / total));
}

function byHeader(ingress: Ingress, request: HttpRequest, settings: NginxSettings): boolean | undefined {
	const name = annotationOf(ingress, 'canary-by-header', settings);
	const value = name && headerOf(request, name);
	if (!value) {
		return undefined;
	}

	const wanted = annotationOf(ingress, 'canary-by-header-value', settings);
	const pattern = annotationOf(ingress, 'canary-by-header-pattern', settings);
	if (wanted) {
		return value === wanted || undefined;
	}

	return pattern ? fitsRegex(pattern, value) || undefined : alwaysOrNever(value);
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
