import {isFailure, type Evidence, type Failure} from '../model/evidence.ts';
import type {Check, ProbeTools} from './probe.ts';

export type RunOptions = {
	readonly tools: Omit<ProbeTools, 'signal'>;
	/** Takes each result as it comes. */
	readonly observe: (evidence: Evidence) => void;
	/** Ends everything: what is under way then gives no results. */
	readonly signal: AbortSignal;
	/** Checks done so far. */
	readonly onProgress?: (done: number) => void;
	/** Whether this machine reaches the pods' network: asked only where a check depends on it. */
	readonly reachesPods?: (tools: ProbeTools) => Promise<boolean>;
	/** Checks at once. Default 8. */
	readonly concurrency?: number;
	/** Milliseconds for each check. Default 5000. */
	readonly deadline?: number;
};

/** How the checks ended. `skipped`: no way to the pods' network from here. */
type RunSummary = {
	readonly answered: number;
	readonly skipped: number;
	readonly cancelled: boolean;
	readonly failures: readonly Failure[];
};

/** Sends what was planned, a few at once. Never rejects: what cannot be asked is a result. */
export async function runProbes(checks: readonly Check[], options: RunOptions): Promise<RunSummary> {
	const {signal, observe, onProgress, concurrency = 8} = options;
	const queue = [...checks];
	const failures: Failure[] = [];
	let done = 0;
	let answered = 0;
	let skipped = 0;
	let reaches: Promise<boolean> | undefined;
	const isWithinReach = async ({needsPodNetwork}: Check): Promise<boolean> => {
		reaches ??= needsPodNetwork
			? within(options, async (tools) => options.reachesPods?.(tools) ?? false)
			: undefined;
		return !needsPodNetwork || ((await reaches) ?? false);
	};

	const work = async (): Promise<void> => {
		for (let check = queue.shift(); check && !signal.aborted; check = queue.shift()) {
			if (await isWithinReach(check)) {
				const results = await runOne(check, options);
				// Cancelled: the person no longer wants to know, and an end by force proves nothing.
				if (!signal.aborted) {
					results.forEach(observe);
					const failed = results.map(({result}) => result).find(isFailure);
					answered += failed ? 0 : 1;
					failures.push(...(failed ? [failed] : []));
				}
			} else {
				skipped += signal.aborted ? 0 : 1;
			}

			done++;
			onProgress?.(done);
		}
	};

	await Promise.all(Array.from({length: Math.min(concurrency, checks.length)}, work));
	return {answered, skipped, failures, cancelled: signal.aborted};
}

async function runOne(check: Check, options: RunOptions): Promise<readonly Evidence[]> {
	return within(options, (tools) => check.run(tools));
}

async function within<T>(
	{tools, signal, deadline = 5000}: RunOptions,
	act: (tools: ProbeTools) => Promise<T>,
): Promise<T> {
	return act({...tools, signal: AbortSignal.any([signal, AbortSignal.timeout(deadline)])});
}

/** One sentence about what came of a run. */
export function summaryText({answered, skipped, failures, cancelled}: RunSummary): string {
	const of = (kind: Failure['failed']): readonly Failure[] => failures.filter(({failed}) => failed === kind);
	const permissions = new Set(
		of('forbidden').flatMap((failure) => ('permission' in failure ? failure.permission : [])),
	);
	const parts = [
		`${answered} answered`,
		counted(of('timeout').length, 'timed out'),
		counted(of('unavailable').length, 'could not be made'),
		permissions.size > 0 ? `${of('forbidden').length} forbidden (${[...permissions].join('; ')})` : '',
		skipped > 0 ? `${skipped} left out: the pods' network is not reachable from here` : '',
	];
	return `${cancelled ? 'Cancelled: ' : ''}${parts.filter(Boolean).join(', ')}.`;
}

function counted(number: number, words: string): string {
	return number === 0 ? '' : `${number} ${words}`;
}
