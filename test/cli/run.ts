import {expect} from 'vitest';
import {main} from '../../source/commands/main.ts';

/** What a test puts into kubeconfigs and Secrets; no output may ever hold it. */
export const canary = 'c4n4ry-5ecret';

export type Run = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

/** Runs a command line in this process, without a terminal: what `knet` of `knet.ts` does, in a tenth of its time. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
	const said = {stdout: '', stderr: ''};
	const code = await main(args, 'knet', {
		print: (text) => void (said.stdout += text),
		say: (text) => void (said.stderr += text),
		env,
		isTerminal: false,
	});
	return checked({code, ...said});
}

/** Whatever knet does: no stack trace, nothing secret. */
export function checked(result: Run): Run {
	const all = result.stdout + result.stderr;
	expect(all).not.toContain(canary);
	expect(all).not.toMatch(/^\s+at .*:\d+:\d+\)?$/mu);
	return result;
}

/** `error: …` with what to do next, and nothing on stdout. */
export function refusal(sentence: string, next = ''): Run {
	return {code: 2, stdout: '', stderr: `error: ${sentence}\n${next === '' ? '' : `${next}\n`}`};
}
