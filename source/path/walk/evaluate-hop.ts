import {recordReads} from '../../model/recording-snapshot.ts';
import {accessFinding} from '../access.ts';
import type {Finding} from '../finding.ts';
import type {HopKind} from '../hop-kind.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../hop-evaluator.ts';

/** Watches reconnect all the time: what they tell becomes unknown only after so many milliseconds without a word. */
export const staleAfter = 10_000;

/**
Runs the evaluator of a hop. A hop that rests on a kind that was not heard of for too long is unknown, unless it is broken
(KNET903).
*/
export function evaluateHop<K extends HopKind, Input, Output extends HopEvaluation<K>>(
	evaluator: HopEvaluator<K, Input, Output>,
	hopContext: HopContext,
	input: Input,
): Output {
	const {snapshot, reads} = recordReads(hopContext.snapshot);
	const evaluation = evaluator.evaluate({...hopContext, snapshot}, input);
	const stale = staleFindings(hopContext, reads);
	if (stale.length === 0 || evaluation.hop.status === 'skipped') {
		return evaluation;
	}

	const status = evaluation.hop.status === 'broken' ? 'broken' : 'unknown';
	return {...evaluation, hop: {...evaluation.hop, status, findings: [...evaluation.hop.findings, ...stale]}};
}

function staleFindings(
	hopContext: HopContext,
	reads: ReturnType<typeof recordReads>['reads'],
): readonly Finding[] {
	for (const [kind, places] of reads) {
		for (const place of places) {
			const namespace = place === '*' || place === '' ? undefined : place;
			const state = hopContext.snapshot.state(kind, namespace);
			if (state.state === 'stale' && hopContext.snapshot.now - state.since > staleAfter) {
				// One is enough: they share the connection.
				return [accessFinding(kind, namespace, state)].filter((finding) => finding !== undefined);
			}
		}
	}

	return [];
}
