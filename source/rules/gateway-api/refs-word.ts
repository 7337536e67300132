import type {BackendRef, Route, RouteFilter} from '../../model/routes/gateway.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {Condition} from '../../model/meta.ts';
import type {ParentStatus} from './parent-status.ts';

/** What the controller says of a reference by condition ResolvedRefs. `unsaid`: nothing about the present form of the route. */
type Word = 'resolves' | 'fails' | 'unsaid';

/** A reference of a rule: a backendRef, the object of an ExtensionRef filter, or the backend of a RequestMirror filter. */
type Reference = {
	readonly kind: string;
	readonly name: string;
	readonly namespace?: string;
	readonly port?: number;
};

/**
ResolvedRefs is about all references of a route (apis/v1 RouteConditionResolvedRefs). False concerns those that its message names,
or the only one that there is.
*/
export function wordOn(route: Route, status: ParentStatus | undefined, reference: Reference): Word {
	const condition = status?.age === 'fresh' ? status.resolvedRefs : undefined;
	if (condition?.status === 'True') {
		return 'resolves';
	}

	return condition?.status === 'False' && concerned(route, condition).includes(reference)
		? 'fails'
		: 'unsaid';
}

/** The references that a condition is about, by its message. Empty: not known. */
export function concerned(route: Route, {reason, message}: Condition): readonly Reference[] {
	// Istio: `unsupported filter type "ExtensionRef"`.
	if (reason === 'InvalidFilter') {
		return route.rules.flatMap(({filters}) => filters.flatMap(extensionOf));
	}

	const all = route.rules.flatMap(referencesOf);
	const named = route.rules.flatMap((rule, index) =>
		referencesOf(rule).filter(
			(reference) =>
				isPlace(message, rule, index, reference) ||
				(isNamed(message, reference) && hasNamedPort(message, reference)),
		),
	);
	// Contour: `At least one Spec.Rules.BackendRef must be specified.`
	const isOfOne = all.length === 1 && route.rules.every((rule) => referencesOf(rule).length > 0);
	return named.length === 0 && isOfOne ? all : named;
}

type Rule = Route['rules'][number];

export function referencesOf({backendRefs, filters}: Rule): readonly Reference[] {
	return [...backendRefs, ...filters.flatMap(extensionOf), ...filters.flatMap(mirrorOf)];
}

/** The backend that a filter sends copies to. */
export function mirrorOf(filter: RouteFilter): readonly Mirror[] {
	return filter.type === 'RequestMirror' ? [filter.backend] : [];
}

type Mirror = Extract<RouteFilter, {readonly type: 'RequestMirror'}>['backend'];

export function extensionOf(filter: RouteFilter): readonly ObjectRef[] {
	return filter.type === 'ExtensionRef' ? [filter.ref] : [];
}

function isNamed(message: string, {kind, name, namespace}: Reference): boolean {
	const words = message.split(/[^0-9A-Za-z\-\/"]+/v);
	// Before a slash stands a namespace: `billing/invoices` names invoices. Istio writes `invoices/billing`.
	const names = words.map((word) => word.slice(word.lastIndexOf('/') + 1).replaceAll('"', ''));
	// A Service may have the name `a`, which is a word of every message.
	const isMeant =
		name === 'a'
			? words.some((word) => /["\/]a"?$/v.test(word))
			: names.includes(name) || (namespace !== undefined && words.includes(`${name}/${namespace}`));
	return isMeant || (kind !== 'Service' && names.includes(kind));
}

/** A message that names ports is about references with one of them: another port of the Service may be right. */
function hasNamedPort(message: string, {port}: Reference): boolean {
	const named = [...message.matchAll(/\bport "?(?<port>\d+)\b/giv)].map(({groups}) =>
		Number(groups?.['port']),
	);
	return port === undefined || named.length === 0 || named.includes(port);
}

/** Envoy Gateway counts: `rule 0 backendRef 1` (internal/gatewayapi/route.go). */
function isPlace(message: string, {backendRefs}: Rule, ruleIndex: number, reference: Reference): boolean {
	const position = backendRefs.indexOf(reference as BackendRef);
	const place = `rule ${ruleIndex} backendref ${position}`;
	return position !== -1 && [':', ' ', '.'].some((end) => message.toLowerCase().includes(place + end));
}
