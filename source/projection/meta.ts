import type {V1Condition, V1ObjectMeta, V1OwnerReference} from '@kubernetes/client-node';
import {withoutUser} from '../model/safe-text/hide.ts';
import {isKeptAnnotation, isNamedAnnotation} from '../model/kept/annotations.ts';
import {haproxyLines} from './settings/haproxy-lines.ts';
import type {Condition, Labels, Meta, Owner} from '../model/meta.ts';
import {
	is,
	number,
	oneOf,
	optionalNumber,
	record,
	records,
	text,
	textMap,
	time,
	type Claimed,
} from './wire.ts';

/** `metadata` of any object. */
export function projectMeta(wire: {readonly metadata?: unknown}): Meta {
	const meta = record(wire.metadata as Claimed<V1ObjectMeta>);
	return {
		namespace: text(meta['namespace']),
		name: text(meta['name']),
		uid: text(meta['uid']),
		resourceVersion: text(meta['resourceVersion']),
		generation: number(meta['generation']),
		labels: textMap(meta['labels']),
		annotations: keptAnnotations(meta['annotations']),
		createdAt: time(meta['creationTimestamp']),
		deletedAt: time(meta['deletionTimestamp']),
		owner: projectOwner(meta['ownerReferences']),
	};
}

/** The annotations that walks read. */
export function keptAnnotations(value: unknown): Labels {
	const entries = Object.entries(record(value)).flatMap(([name, item]) => {
		const kept = isKeptAnnotation(name)
			? isHaproxyLines.test(name)
				? haproxyLines(text(item))
				: isAcl.test(name)
					? presenceAcl(text(item))
					: plainUrl(text(inOneLine(item)))
			: isNamedAnnotation(name)
				? ''
				: undefined;
		return kept === undefined ? [] : [[name, kept]];
	});
	return textMap(Object.fromEntries(entries));
}

const isAcl = /\/route-acl$/v;

/** An expression of HAProxy may compare with a password: only the form that compares with nothing is kept. */
function presenceAcl(value: string): string {
	return /^(?:req\.)?(?:hdr|cook|cookie)\([\w\-]+\) -m found$/v.test(value.trim()) ? value.trim() : '';
}

const isHaproxyLines = /\/config-backend$/v;

/** Lists and JSON are often written in several lines (YAML's `|`), which means nothing in any annotation that is kept. */
function inOneLine(value: unknown): unknown {
	return typeof value === 'string' ? value.replace(/\s*\n\s*/gu, ' ').trim() : value;
}

/** A URL (redirects, auth-url) is kept without its user and its query. */
function plainUrl(text: string): string {
	return /^https?:\/\//iu.test(text) ? withoutUser(text).replace(/[?#].*$/u, '') : text;
}

function projectOwner(value: Claimed<V1OwnerReference[]>): Owner | undefined {
	const owners = records(value);
	const owner = owners.find((item) => is(item['controller'], true));
	return owner && {kind: text(owner['kind']), name: text(owner['name']), uid: text(owner['uid'])};
}

export function projectConditions(value: unknown): readonly Condition[] {
	return records(value as Claimed<V1Condition[]>).map((condition) => ({
		type: text(condition['type']),
		status: oneOf(condition['status'], ['True', 'False', 'Unknown'], 'Unknown'),
		reason: text(condition['reason']),
		message: text(condition['message']),
		observedGeneration: optionalNumber(condition['observedGeneration']),
		changedAt: time(condition['lastTransitionTime']),
	}));
}

/** True when the condition of that type is True. */
export function isTrue(conditions: readonly Condition[], type: string): boolean {
	return conditions.some((condition) => condition.type === type && condition.status === 'True');
}
