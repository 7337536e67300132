import type {V1LabelSelector} from '@kubernetes/client-node';
import type {LabelSelector} from '../model/matching/label-selector.ts';
import {oneOf, record, records, text, textMap, texts, type Claimed} from './wire.ts';

export function projectLabelSelector(value: unknown): LabelSelector {
	const selector = record(value as Claimed<V1LabelSelector>);
	return {
		matchLabels: textMap(selector['matchLabels']),
		matchExpressions: records(selector['matchExpressions']).map((requirement) => ({
			key: text(requirement['key']),
			operator: oneOf(requirement['operator'], ['In', 'NotIn', 'Exists', 'DoesNotExist'], 'In'),
			values: texts(requirement['values']),
		})),
	};
}

export function projectOptionalSelector(value: unknown): LabelSelector | undefined {
	return value === undefined || value === null ? undefined : projectLabelSelector(value);
}
