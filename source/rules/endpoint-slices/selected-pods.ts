import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Labels} from '../../model/meta.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {hasEnded} from './membership.ts';

/**
Pods that the selector of a Service matches, without those that have ended. Undefined where there is no selector, or Pods
are not known: then nothing can be said of them.
*/
export function selectedPods(snapshot: Snapshot, service: Service): readonly Pod[] | undefined {
	return service.selector && isKnown(snapshot.state('Pod', service.namespace))
		? podsMatching(snapshot, service.namespace, service.selector).filter((pod) => !hasEnded(pod))
		: undefined;
}

/** Pods that carry every pair, those that have ended too. Asks the index for every pair and filters the shortest answer. */
export function podsMatching(snapshot: Snapshot, namespace: string, selector: Labels): readonly Pod[] {
	const answers = Object.entries(selector).map(([key, value]) =>
		snapshot.podsLabelled(namespace, key, value),
	);
	const shortest = answers.reduce(
		(best, pods) => (pods.length < best.length ? pods : best),
		answers[0] ?? [],
	);
	return shortest.filter(({labels}) => matchesLabels(selector, labels));
}
