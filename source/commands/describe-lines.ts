import {safe} from '../model/safe.ts';
import {list, record, text, type Wire} from '../projection/wire.ts';

/** Fields that say nothing about the state of an object. */
const omitted = new Set(['uid', 'resourceVersion', 'generation', 'selfLink', 'managedFields']);
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object as `kubectl describe` lays it out: what it is, its conditions, its status before its spec, then its events. */
export function describeLines(object: Wire, events: readonly string[]): readonly string[] {
	const metadata = record(object['metadata']);
	const status = record(object['status']);
	const {conditions, ...rest} = status;
	const lines = [
		`Name:       ${text(metadata['name'])}`,
		...(text(metadata['namespace']) === '' ? [] : [`Namespace:  ${text(metadata['namespace'])}`]),
		`Kind:       ${text(object['kind'])}, ${text(object['apiVersion'])}`,
		`Created:    ${text(metadata['creationTimestamp'])}`,
		...ownerLines(list(metadata['ownerReferences']).map(record)),
		...block('Labels', metadata['labels']),
		...block('Annotations', withoutLastApplied(record(metadata['annotations']))),
		...conditionLines(list(conditions).map(record)),
		...block('Status', rest),
		...block('Spec', object['spec']),
		...block('Data', object['data']),
		...block('Rules', object['rules']),
		...block('Endpoints', object['endpoints']),
		...block('Ports', object['ports']),
		'',
		'Events:',
		...(events.length === 0 ? ['  none'] : events.map((line) => `  ${line}`)),
	];
	return lines.map(safe);
}

function ownerLines(owners: readonly Wire[]): readonly string[] {
	return owners.map(({kind, name}) => `Owner:      ${text(kind)}/${text(name)}`);
}

function withoutLastApplied(annotations: Wire): Wire {
	const {[lastApplied]: _, ...others} = annotations;
	return others;
}

function conditionLines(conditions: readonly Wire[]): readonly string[] {
	const width = Math.max(0, ...conditions.map(({type}) => text(type).length));
	return conditions.length === 0
		? []
		: [
				'',
				'Conditions:',
				...conditions.map(({type, status, reason, message, lastTransitionTime}) =>
					[
						`  ${text(type).padEnd(width)}`,
						text(status).padEnd(7),
						text(lastTransitionTime).replace('T', ' ').replace('Z', ''),
						text(reason),
						text(message),
					]
						.filter((part) => part !== '')
						.join('  '),
				),
			];
}

function block(title: string, value: unknown): readonly string[] {
	const lines = tree(value, 1);
	return lines.length === 0 ? [] : ['', `${title}:`, ...lines];
}

/** What lies deeper is shown by `y`. */
const deepest = 8;

function tree(value: unknown, depth: number): readonly string[] {
	const indent = '  '.repeat(depth);
	if (depth > deepest) {
		return [`${indent}(deeper: y shows it)`];
	}

	if (Array.isArray(value)) {
		return value.flatMap((item) =>
			isPlain(item)
				? [`${indent}- ${String(item)}`]
				: tree(item, depth + 1).map((line, row) => (row === 0 ? `${indent}- ${line.trimStart()}` : line)),
		);
	}

	return isPlain(value)
		? []
		: Object.entries(record(value)).flatMap(([key, each]) => {
				if (omitted.has(key)) {
					return [];
				}

				return isPlain(each)
					? plainLines(`${indent}${key}: `, String(each))
					: nested(`${indent}${key}:`, tree(each, depth + 1));
			});
}

function nested(head: string, lines: readonly string[]): readonly string[] {
	return lines.length === 0 ? [] : [head, ...lines];
}

/** A text of several lines, such as a Corefile, stays as it is. */
function plainLines(head: string, value: string): readonly string[] {
	const [first = '', ...others] = value.trimEnd().split('\n');
	const indent = ' '.repeat(head.length - head.trimStart().length + 4);
	return others.length === 0
		? [`${head}${first}`]
		: [head.trimEnd(), ...[first, ...others].map((line) => `${indent}${line}`)];
}

function isPlain(value: unknown): boolean {
	return value === null || typeof value !== 'object';
}
