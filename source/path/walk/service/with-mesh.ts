import type {mtlsOfPods} from '../../mesh/mtls.ts';
import type {HopEvaluation} from '../../hop-evaluator.ts';
import {statusOf} from '../../hop-status.ts';

/** What the mesh of the pods does with the client stands at the pods. */
export function withMesh(
	evaluation: HopEvaluation<'pod'>,
	{findings, stop}: ReturnType<typeof mtlsOfPods>,
): HopEvaluation<'pod'> {
	const {hop} = evaluation;
	if (findings.length === 0 || hop.status === 'skipped') {
		return evaluation;
	}

	const all = [...hop.findings, ...findings];
	return {hop: {...hop, findings: all, status: statusOf(all)}, stop: evaluation.stop ?? stop};
}
