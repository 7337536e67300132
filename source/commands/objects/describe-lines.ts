import {stringify} from 'yaml';
import {safe} from '../../model/safe-text/safe.ts';
import {dayText} from '../../view/text/clock-text.ts';
import {list, record, text, type Wire} from '../../projection/wire.ts';

/** Fields that say nothing about the state of an object. */
const omitted = new Set(['uid', 'resourceVersion', 'generation', 'selfLink', 'managedFields']);

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
		...block('Annotations', metadata['annotations']),
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
						dayText(text(lastTransitionTime), true),
						text(reason),
						text(message),
					]
						.filter((part) => part !== '')
						.join('  '),
				),
			];
}

function block(title: string, value: unknown): readonly string[] {
	const shown = withoutOmitted(value);
	if (shown === undefined) {
		return [];
	}

	const lines = stringify(shown, {lineWidth: 0, aliasDuplicateObjects: false}).trimEnd().split('\n');
	return ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}

/** Undefined where nothing is left: an empty object says nothing. */
function withoutOmitted(value: unknown): unknown {
	if (Array.isArray(value)) {
		return value.length === 0 ? undefined : value.map((each) => withoutOmitted(each) ?? each);
	}

	if (value === null || typeof value !== 'object') {
		return value;
	}

	const kept = Object.entries(value)
		.map(([key, each]) => [key, omitted.has(key) ? undefined : withoutOmitted(each)] as const)
		.filter(([, each]) => each !== undefined);
	return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
