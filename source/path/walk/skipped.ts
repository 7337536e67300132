import type {Hop} from '../hop.ts';
import type {HopKind} from '../hop-kind.ts';
import type {HopEvaluation} from '../hop-evaluator.ts';

/** A hop that does not apply. */
export function skipped<K extends HopKind>(kind: K, summary: string): HopEvaluation<K> {
	const hop: Hop<K> = {kind, status: 'skipped', basis: 'objects', summary, findings: []};
	return {hop};
}

/** A hop behind a break, which cannot be judged. */
export function notReached<K extends HopKind>(kind: K, why?: string): HopEvaluation<K> {
	const {hop} = skipped(kind, why === undefined ? 'not reached' : `not reached: ${why}`);
	return {hop: {...hop, isBehindBreak: true}};
}

/** The hops behind the Service, in order. */
export const hopsBehindService = ['endpoints', 'kube-proxy', 'network-policy', 'pod'] as const;

/** The hops behind the route, in order. */
export const hopsBehindRoute = ['service', ...hopsBehindService] as const;
