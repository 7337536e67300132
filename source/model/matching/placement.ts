import {matchesLabels, matchesValue} from './label-selector.ts';
import type {Labels} from '../meta.ts';
import type {Node} from '../workloads/node.ts';

/** Where pods of a template may run. Source: core/v1 PodSpec. */
export type Placement = {
	readonly nodeSelector: Labels;
	/** Terms of the required node affinity, any of which is enough. Absent: no affinity. */
	readonly affinity?: readonly (readonly NodeRequirement[])[];
	readonly tolerations: readonly Toleration[];
	readonly hostNetwork: boolean;
	/** `status.desiredNumberScheduled` is 0: switched off. */
	readonly isOff: boolean;
};

/** `field`: of `matchFields`, where the only key is `metadata.name`. */
export type NodeRequirement = {
	readonly key: string;
	readonly operator: string;
	readonly values: readonly string[];
	readonly isField: boolean;
};

type Toleration = {
	readonly key: string;
	readonly operator: string;
	readonly value: string;
	readonly effect: string;
};

/**
Whether the DaemonSet controller wants a pod on a node: node selector, required affinity, and taints but for those that it
tolerates itself (pkg/controller/daemon NodeShouldRunDaemonPod, AddOrUpdateDaemonPodTolerations).
*/
export function wantsNode(placement: Placement, node: Node): boolean {
	const {nodeSelector, affinity, isOff} = placement;
	return (
		!isOff &&
		matchesLabels(nodeSelector, node.labels) &&
		(affinity === undefined ||
			affinity.some((term) => term.length > 0 && term.every((each) => fits(each, node)))) &&
		untolerated(placement, node) === undefined
	);
}

/** The first taint of a node that keeps the pods away. */
export function untolerated(placement: Placement, {taints}: Node): Node['taints'][number] | undefined {
	return taints
		.filter(({effect}) => effect === 'NoSchedule' || effect === 'NoExecute')
		.find(
			(taint) =>
				!isToleratedAnyway(taint.key, placement) &&
				!placement.tolerations.some((toleration) => tolerates(toleration, taint)),
		);
}

function fits({key, isField, ...requirement}: NodeRequirement, {name, labels}: Node): boolean {
	return matchesValue(requirement, isField ? name : Object.hasOwn(labels, key) ? labels[key] : undefined);
}

function tolerates(toleration: Toleration, {key, value, effect}: Node['taints'][number]): boolean {
	return (
		(toleration.effect === '' || toleration.effect === effect) &&
		(toleration.key === '' || toleration.key === key) &&
		(toleration.operator === 'Exists' || (toleration.key !== '' && toleration.value === value))
	);
}

const always = new Set(
	['not-ready', 'unreachable', 'disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map(
		(name) => `node.kubernetes.io/${name}`,
	),
);

function isToleratedAnyway(key: string, {hostNetwork}: Placement): boolean {
	return always.has(key) || (hostNetwork && key === 'node.kubernetes.io/network-unavailable');
}
