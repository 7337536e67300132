import type {ConnectObservation, HttpObservation, TlsObservation} from '../../model/evidence.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {ObservedCheck} from '../details.ts';
import {observationsThat, observedCheck} from '../observed-checks.ts';
import type {Controller} from '../../rules/controllers/record/controller.ts';

/** What the pods of a controller answered when they were asked past the load balancer. */
export function controllerObserved(
	snapshot: Snapshot,
	controller: Controller | undefined,
): {readonly observed?: readonly ObservedCheck[]} {
	const names = new Map(controller?.pods.map((pod) => [`${pod.namespace}/${pod.name}`, pod.name]));
	const podOf = ({vantage}: ConnectObservation | TlsObservation | HttpObservation): string | undefined =>
		vantage.type === 'port-forward' ? names.get(`${vantage.namespace}/${vantage.pod}`) : undefined;
	const found = (['connect', 'tls', 'http'] as const).flatMap((type) =>
		observationsThat(snapshot, type, (observation) => podOf(observation) !== undefined),
	);
	return found.length === 0 ? {} : {observed: found.map((item) => observedCheck(item, podOf(item)))};
}
