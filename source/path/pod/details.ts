import type {Pod} from '../../model/workloads/pod.ts';
import type {ObservedCheck, PodDetails} from '../details.ts';
import {podReason} from './pod-reason.ts';
import {portObservations} from './port-evidence.ts';
import {vantageText} from '../vantage-text.ts';
import {resultText} from './refused-port.ts';
import type {PodsView} from './pod-view.ts';

export function podsDetails(view: PodsView): PodDetails {
	const observed = view.pods.flatMap((pod) => observedOf(view, pod));
	return {
		pods: view.pods.map((pod) => {
			const reason = podReason(pod);
			const targetPort = view.targetPort(pod);
			return {
				name: pod.name,
				namespace: pod.namespace,
				node: pod.nodeName,
				ip: pod.podIPs[0],
				phase: pod.phase,
				ready: pod.ready,
				reason,
				restarts: pod.restarts,
				targetPort,
			};
		}),
		observed: observed.length > 0 ? observed : undefined,
	};
}

function observedOf({snapshot, targetPort, protocol}: PodsView, pod: Pod): readonly ObservedCheck[] {
	const port = targetPort(pod);
	const found = port === undefined ? [] : portObservations(snapshot, pod, {port, protocol});
	return found.map((item) => ({
		what: `${item.type} ${pod.name}:${port}`,
		vantage: vantageText(item.vantage),
		result: resultText(item),
		ms: item.ms,
		at: item.at,
	}));
}
