import {UserError} from '../errors.ts';
import {walk} from '../path/walk/walk.ts';
import {matrixOf} from '../path/walk/matrix.ts';
import {sourcesOf} from '../rules/requested-sources.ts';
import {openingReads} from '../session/demand.ts';
import {matrixReport} from '../view/report/matrix.ts';
import {requestedSource} from './flags/asking.ts';
import {failOnOf, type Flags} from './flags/flags.ts';
import {metadataOf} from './output/metadata.ts';
import {matrixText} from './output/printer.ts';
import type {Question} from './flags/question.ts';
import type {Terminal} from './output/terminal.ts';
import {verifyFound} from './flags/verify-found.ts';
import {evaluateFrom, withSource} from './data-source/with-source.ts';

/** `knet trace TARGET --matrix`: one target from everywhere. `--from` adds a row. Resolves to the exit code. */
export async function traceMatrix(question: Question, flags: Flags, terminal: Terminal): Promise<number> {
	const other = (['watch', 'probe', 'rules', 'over', 'scale', 'drain', 'without'] as const).find(
		(name) => flags[name] !== undefined,
	);
	if (other) {
		throw new UserError(`--matrix does not go with --${other}.`, 'Leave one of them out.');
	}

	if (pathForms.includes(flags.output ?? '')) {
		throw new UserError(
			`-o ${flags.output} prints paths, and --matrix has none.`,
			'Print it with -o json, or leave --matrix out.',
		);
	}

	return withSource(flags, terminal, async (source) => {
		const {target} = question;
		const from = requestedSource(flags, source);
		const namespace = target.kind === 'url' ? question.namespace : (question.namespace ?? source.namespace);
		const opening = openingReads(namespace, ['Pod']);
		const {matrix, trace} = await evaluateFrom(source, {flags, opening}, (snapshot) => ({
			trace: walk(snapshot, {...question, from, namespace}),
			matrix: matrixOf(snapshot, {target, namespace, also: from && sourcesOf(snapshot, from)}),
		}));
		verifyFound({...question, from}, trace, source);
		if (matrix.rows.length === 0) {
			throw new UserError('There is no node and no ready pod to look from.', 'Name a place with --from.');
		}

		terminal.print(await matrixText(matrixReport(matrix, metadataOf(source)), {flags, ...terminal}));
		return matrixExitCode(matrix.rows, failOnOf(flags));
	});
}

const pathForms: readonly string[] = ['junit', 'sarif', 'github'];

/** 1: it does not work from everywhere; 2: whether it does is not known. */
function matrixExitCode(rows: readonly {readonly verdict: string}[], failOn: string): 0 | 1 | 2 {
	const has = (...verdicts: readonly string[]): boolean =>
		rows.some(({verdict}) => verdicts.includes(verdict));
	if (failOn === 'never') {
		return 0;
	}

	const isFailed =
		has('broken') || (failOn !== 'error' && has('degraded')) || (failOn === 'unknown' && has('unknown'));
	return isFailed ? 1 : has('unknown') ? 2 : 0;
}
