import type {Hop} from '../hop.ts';
import type {HopKind} from '../hop-kind.ts';
import type {HopEvaluation} from '../hop-evaluator.ts';

/** A hop that does not apply, or lies behind a break and cannot be judged. */
export function skipped<K extends HopKind>(kind: K, summary: string): HopEvaluation<K> {
	const hop: Hop<K> = {kind, status: 'skipped', basis: 'objects', summary, findings: []};
	return {hop};
}
