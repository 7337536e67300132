import type {Labels} from '../../model/meta.ts';
import {matchesSelector, mayMatchSelector} from '../../model/label-selector.ts';
import type {NetworkPolicy} from '../../model/network-policy.ts';
import type {SenderLabels} from './source-pods.ts';

type Concerned = {
	/** Where the endpoints' pods are, and labels that all of them have: those that their Service selects. */
	readonly destination: {readonly namespace: string | undefined; readonly labels: Labels};
	readonly sources: readonly SenderLabels[];
};

/** Whether a policy may select one of the pods at either end, as far as that can be told without the endpoints' pods. */
export function mayConcern(
	{podSelector, namespace}: NetworkPolicy,
	{destination, sources}: Concerned,
): boolean {
	return (
		(namespace === destination.namespace && mayMatchSelector(podSelector, destination.labels)) ||
		sources.some((pod) => pod.namespace === namespace && matchesSelector(podSelector, pod.labels))
	);
}
