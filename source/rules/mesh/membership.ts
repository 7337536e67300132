import type {Container, Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';

/** How a pod is part of an Istio mesh. */
type Membership = 'sidecar' | 'ambient' | 'gateway';

/** Undefined: it is outside, and speaks and hears what its application does. */
export function membershipOf(snapshot: Snapshot, pod: Pod): Membership | undefined {
	const isProxy = ({name}: Container): boolean => name === 'istio-proxy';
	if (pod.containers.some(isProxy) || pod.initContainers.some(isProxy)) {
		// A gateway is nothing but the proxy: it takes no part in what arrives for others.
		return pod.containers.every(isProxy) ? 'gateway' : 'sidecar';
	}

	return isCaptured(snapshot, pod) ? 'ambient' : undefined;
}

/** Port of ztunnel, which carries what goes from one captured pod to another (HBONE). */
export const tunnelPort = 15_008;

/**
istio-cni notes on each pod that ztunnel takes over; the labels of pod and namespace ask for it (istio.io, Add workloads to
an ambient mesh).
*/
function isCaptured(snapshot: Snapshot, {namespace, labels, annotations, hostNetwork}: Pod): boolean {
	const noted = annotations['ambient.istio.io/redirection'];
	if (hostNetwork || noted !== undefined) {
		return !hostNetwork && noted === 'enabled';
	}

	const asked =
		labels['istio.io/dataplane-mode'] ??
		snapshot.get('Namespace', '', namespace)?.labels['istio.io/dataplane-mode'];
	return asked === 'ambient' && snapshot.list('DaemonSet').some(({name}) => name.startsWith('ztunnel'));
}

/** A connection between two captured pods arrives on the port of ztunnel, whatever port is asked for. */
export function isTunnelled(snapshot: Snapshot, from: Pod | undefined, to: Pod | undefined): boolean {
	return (
		from !== undefined &&
		to !== undefined &&
		membershipOf(snapshot, from) === 'ambient' &&
		membershipOf(snapshot, to) === 'ambient'
	);
}
