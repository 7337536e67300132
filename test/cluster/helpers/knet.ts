import {systemClock} from '../../../source/clock.ts';
import {openSource} from '../../../source/commands/data-source/source.ts';
import {evaluateOnce} from '../../../source/session/once.ts';
import type {Snapshot} from '../../../source/model/snapshot.ts';
import type {Finding} from '../../../source/path/finding.ts';
import type {Trace} from '../../../source/path/report.ts';
import {parseSource, parseTarget} from '../../../source/path/target-text.ts';
import {walk} from '../../../source/path/walk/walk.ts';
import {textOf} from '../../helpers/scenario.ts';
import {eventually} from './eventually.ts';
import type {RequestOptions} from '../../../source/model/request.ts';
import type {Parsed} from '../../../source/path/target-forms.ts';

type Question = {
	readonly target: string;
	readonly from?: string;
	readonly namespace: string;
	readonly request?: RequestOptions;
};

/** knet on the cluster of KUBECONFIG, in this process: what `knet trace` runs. */
export type Knet = {
	trace(question: Question): Promise<Trace>;
	/** Asks until the answer fits. */
	until(question: Question, fits: (trace: Trace) => boolean): Promise<Trace>;
	evaluate<T>(evaluation: (snapshot: Snapshot) => T): Promise<T>;
	close(): Promise<void>;
};

export async function openKnet(): Promise<Knet> {
	const source = await openSource({});
	const evaluate = async <T>(evaluation: (snapshot: Snapshot) => T): Promise<T> =>
		evaluateOnce({...source, clock: systemClock, timeout: 30_000}, evaluation);
	const trace = async ({target, from, namespace, request}: Question): Promise<Trace> => {
		const parsed = accepted(parseTarget(target, request));
		const options = {
			target: parsed,
			from: from === undefined ? undefined : accepted(parseSource(from, namespace)),
			namespace: parsed.kind === 'url' ? undefined : namespace,
		};
		return evaluate((snapshot) => walk(snapshot, options));
	};

	return {
		trace,
		until: async (question, fits) =>
			eventually(() => trace(question), fits, {describe: (last) => textOf(last as Trace)}),
		evaluate,
		close: () => source.close(),
	};
}

function accepted<T>(parsed: Parsed<T>): T {
	if ('problem' in parsed) {
		throw new Error(parsed.problem);
	}

	return parsed.value;
}

export function findingsOf({paths}: Trace): readonly Finding[] {
	return paths.flatMap(({hops}) => hops.flatMap(({findings}) => findings));
}

/** Works, and says nothing that would wake anybody. */
export function isHealthy(trace: Trace): boolean {
	return trace.verdict === 'ok' && findingsOf(trace).every(({severity}) => severity === 'info');
}
