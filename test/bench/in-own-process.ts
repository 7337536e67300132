import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {medianOf, type Cost, type Costs} from './measure.ts';

type Said = Cost & {readonly count: number};

/** Runs `into-model.ts` in processes of their own; the median. No figure without a pod. */
export async function inOwnProcess(runs: number, what: string, env: NodeJS.ProcessEnv): Promise<Costs> {
	const said: Said[] = [];
	for (let each = 0; each < runs; each++) {
		try {
			const {stdout} = await promisify(execFile)(process.execPath, ['test/bench/into-model.ts', what], {env});
			said.push(JSON.parse(stdout) as Said);
		} catch (error) {
			return {why: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)};
		}
	}

	return said.some(({count}) => count === 0) ? {why: 'it found no pod'} : medianOf(said);
}
