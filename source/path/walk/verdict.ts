import type {Hop, HopStatus, Verdict} from '../hop.ts';

/** Worst first. A certain break outweighs what is unknown; what is unknown outweighs a warning. */
export const order: readonly Verdict[] = ['broken', 'unknown', 'degraded', 'ok'];

/** Of a path, from its hops. Nothing but skipped hops: nothing is known. */
export function verdictOf(hops: readonly Hop[]): Verdict {
	return worst(hops.map(({status}) => status)) ?? 'unknown';
}

/** Of several paths. */
export function worst(statuses: readonly HopStatus[]): Verdict | undefined {
	return order.find((verdict) => statuses.includes(verdict));
}
