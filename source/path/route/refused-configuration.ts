import type {HopEvaluation} from '../hop-evaluator.ts';
import {atMostWarning, type Finding} from '../finding.ts';
import {statusOf} from '../hop-status.ts';

/** The proxy keeps the configuration that it had: what the client gets is not known, and no other finding is sure. */
export function withRefusal<E extends HopEvaluation<'route'>>(
	evaluation: E,
	refusal: Finding | undefined,
): E {
	if (!refusal) {
		return evaluation;
	}

	const findings = [refusal, ...evaluation.hop.findings.map(atMostWarning)];
	return {...evaluation, hop: {...evaluation.hop, findings, status: statusOf(findings)}, stop: undefined};
}
