import type {Pod} from '../../model/workloads/pod.ts';

/**
Whether a pod that matches the selector is written into EndpointSlices: it has not ended, and it has an IP. The controller
includes terminating pods (k8s.io/endpointslice ShouldPodBeInEndpoints).
*/
export function shouldPodBeInEndpoints(pod: Pod, includeTerminating: boolean): boolean {
	return !hasEnded(pod) && pod.podIPs.length > 0 && (includeTerminating || pod.deletedAt === undefined);
}

/** Succeeded or Failed: such a pod never serves again, whatever its restart policy. */
export function hasEnded(pod: Pod): boolean {
	return pod.phase === 'Succeeded' || pod.phase === 'Failed';
}
