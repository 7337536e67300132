import type {
	V1DaemonSetStatus,
	V1NodeSelectorRequirement,
	V1NodeSelectorTerm,
	V1PodSpec,
} from '@kubernetes/client-node';
import type {NodeRequirement, Placement} from '../../model/matching/placement.ts';
import {is, list, record, text, textMap, texts, type Claimed, type WireOf} from '../wire.ts';

/** Of the pod template of a DaemonSet. */
export function projectPlacement(podSpec: WireOf<V1PodSpec>, status: WireOf<V1DaemonSetStatus>): Placement {
	const required = record(
		record(record(podSpec['affinity'])['nodeAffinity'])['requiredDuringSchedulingIgnoredDuringExecution'],
	);
	return {
		nodeSelector: textMap(podSpec['nodeSelector']),
		affinity:
			(required['nodeSelectorTerms'] as unknown) === undefined
				? undefined
				: list(required['nodeSelectorTerms']).map(term),
		tolerations: list(podSpec['tolerations']).map((item) => {
			const {key, operator, value, effect} = record(item);
			return {key: text(key), operator: text(operator), value: text(value), effect: text(effect)};
		}),
		hostNetwork: is(podSpec['hostNetwork'], true),
		isOff: is(status['desiredNumberScheduled'], 0),
	};
}

function term(value: Claimed<V1NodeSelectorTerm>): readonly NodeRequirement[] {
	const {matchExpressions, matchFields} = record(value);
	return [
		...list(matchExpressions).map((item) => requirement(item, false)),
		...list(matchFields).map((item) => requirement(item, true)),
	];
}

function requirement(value: Claimed<V1NodeSelectorRequirement>, isField: boolean): NodeRequirement {
	const {key, operator, values} = record(value);
	return {key: text(key), operator: text(operator), values: texts(values), isField};
}
