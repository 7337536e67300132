import type {ObservedCheck, PodDetails} from '../details.ts';
import {podReason} from './pod-reason.ts';
import {resultText, vantageText, type Probed} from './refused-port.ts';
import type {PodsView} from './view.ts';

export function podsDetails(view: PodsView, probed: readonly Probed[]): PodDetails {
	const observed = probed.flatMap(observedOf);
	return {
		pods: view.pods.map((pod) => {
			const reason = podReason(pod);
			const targetPort = view.targetPort(pod);
			return {
				name: pod.name,
				namespace: pod.namespace,
				...(pod.nodeName ? {node: pod.nodeName} : {}),
				...(pod.podIPs[0] ? {ip: pod.podIPs[0]} : {}),
				phase: pod.phase,
				ready: pod.ready,
				...(reason ? {reason} : {}),
				restarts: pod.restarts,
				...(targetPort === undefined ? {} : {targetPort}),
			};
		}),
		...(observed.length > 0 ? {observed} : {}),
	};
}

function observedOf({pod, port, evidence}: Probed): readonly ObservedCheck[] {
	return evidence.observations.map((item) => ({
		what: `${item.type} ${pod.name}:${port}`,
		vantage: vantageText(item.vantage),
		result: resultText(item),
		...(item.ms === undefined ? {} : {ms: item.ms}),
		at: item.at,
	}));
}
