import {findCondition} from '../../model/meta.ts';
import type {Pod} from '../../model/workloads/pod.ts';

export const negGate = 'cloud.google.com/load-balancer-neg-ready';

/**
What GKE says of a pod in its network endpoint groups. The gate is True also where it gave up waiting: the pod never became healthy
there (ingress-gce, pkg/neg/readiness/reflector.go). Undefined: the pod has no such gate.
*/
export function negHealthOf({
	conditions,
}: Pod): 'ready' | 'waiting' | 'timed-out' | 'without-check' | undefined {
	const gate = findCondition(conditions, negGate);
	const known = gate && byReason.get(gate.reason);
	return known ?? (gate && (gate.status === 'True' ? 'ready' : 'waiting'));
}

const byReason = new Map<string, 'waiting' | 'timed-out' | 'without-check'>([
	['LoadBalancerNegTimeout', 'timed-out'],
	['LoadBalancerNegWithoutHealthCheck', 'without-check'],
	['LoadBalancerNegNotReady', 'waiting'],
]);
