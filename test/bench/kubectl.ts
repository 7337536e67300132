import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {median, runProgram, type Costs, type Judge} from './measure.ts';

/** The kubectl of `KNET_BENCH_KUBECTL`, else that of the PATH. */
export const kubectlAt = (): string => process.env['KNET_BENCH_KUBECTL'] ?? 'kubectl';

/** The peer. Its discovery is cached, as it is for a person who uses it every day. */
export async function kubectl(
	runs: number,
	args: readonly string[],
	env: NodeJS.ProcessEnv,
	judge: Judge,
): Promise<Costs> {
	const cache = await mkdtemp(join(tmpdir(), 'knet-bench-kubectl-'));
	const run = () => runProgram(kubectlAt(), [...args, '--cache-dir', cache], env);
	const isThere = await runProgram(kubectlAt(), ['version', '--client'], env).then(
		() => true,
		() => false,
	);
	if (!isThere) {
		return {why: `there is no ${kubectlAt()} (PATH, or KNET_BENCH_KUBECTL)`};
	}

	await run();
	const costs = await median(runs, run, judge);
	await rm(cache, {recursive: true});
	return costs;
}
