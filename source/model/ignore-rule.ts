import type {ObjectRef} from './ref.ts';

/** A finding that somebody knows about and does not want to be told of: everywhere, or on one object. */
export type IgnoreRule = {
	readonly code: string;
	/** Absent: on every object. */
	readonly object?: ObjectRef;
	/** Why, in the words of whoever ignores it. */
	readonly reason?: string;
};

/** `KNET503`, or `KNET503:Service/shop/api` for one object. Undefined for any other text. */
export function parseIgnoreRule(text: string): IgnoreRule | undefined {
	const [, code = '', place] = /^(KNET\d{3})(?::(.+))?$/u.exec(text) ?? [];
	const object = place === undefined ? undefined : parseObject(place);
	return code === '' || (place !== undefined && !object) ? undefined : {code, object};
}

/** `Kind/namespace/name`; `Kind/name` for an object without a namespace. */
export function parseObject(text: string): ObjectRef | undefined {
	const parts = text.split('/');
	const [kind = '', ...rest] = parts;
	return parts.includes('') || rest.length === 0 || rest.length > 2
		? undefined
		: {kind, namespace: rest.length === 2 ? rest[0] : undefined, name: rest.at(-1) ?? ''};
}

/** Whether a finding with this code on this object is one of those. */
export function isIgnored(
	rules: readonly IgnoreRule[],
	code: string,
	object: ObjectRef | undefined,
): boolean {
	return rules.some(
		(rule) => rule.code === code && (rule.object === undefined || isSameObject(rule.object, object)),
	);
}

function isSameObject(a: ObjectRef, b: ObjectRef | undefined): boolean {
	return a.kind === b?.kind && a.name === b.name && (a.namespace ?? '') === (b.namespace ?? '');
}
