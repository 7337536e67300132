import type {AttachedPolicy, PolicyTarget} from '../model/attached-policy.ts';
import {groupOf} from '../model/kinds.ts';
import {projectConditions, projectMeta} from './meta.ts';
import {list, optionalRecord, optionalText, record, text, textMap, type Wire} from './wire.ts';

/** Whether an object of an unknown kind attaches to others (GEP-713). */
export function isAttachedPolicy(wire: Wire): boolean {
	const spec = record(wire['spec']);
	return targetsOf(spec).some(({kind}) => kind !== '') && record(wire['metadata'])['name'] !== undefined;
}

export function projectAttachedPolicy(wire: Wire): AttachedPolicy {
	const meta = projectMeta(wire);
	const policyKind = text(wire['kind']);
	const status = record(wire['status']);
	const ancestors = list(status['ancestors']).map((item) => {
		const ancestor = record(item);
		return {
			ref: projectRef(optionalRecord(ancestor['ancestorRef'])),
			controllerName: optionalText(ancestor['controllerName']),
			conditions: projectConditions(ancestor['conditions']),
		};
	});
	const own = projectConditions(status['conditions']);
	return {
		...meta,
		name: `${policyKind}/${meta.name}`,
		ownName: meta.name,
		policyKind,
		group: groupOf(text(wire['apiVersion'])),
		targets: targetsOf(record(wire['spec'])),
		ancestors: own.length > 0 ? [...ancestors, {conditions: own}] : ancestors,
	};
}

function targetsOf(spec: Wire): readonly PolicyTarget[] {
	const one = spec['targetRef'] ?? spec['targetReference'];
	const refs = [...list(spec['targetRefs']), ...(one === undefined ? [] : [one])];
	return [
		...refs.map((item) => {
			const ref = record(item);
			return {
				kind: text(ref['kind']),
				name: text(ref['name']),
				sectionName: optionalText(ref['sectionName']),
			};
		}),
		...list(spec['targetSelectors']).map((item) => {
			const selector = record(item);
			return {kind: text(selector['kind']), matchLabels: textMap(selector['matchLabels'])};
		}),
	];
}

function projectRef(ref: Wire | undefined): AttachedPolicy['ancestors'][number]['ref'] {
	return (
		ref && {
			kind: optionalText(ref['kind']) ?? 'Gateway',
			namespace: optionalText(ref['namespace']),
			name: text(ref['name']),
		}
	);
}
