import type {Main} from '../output/terminal.ts';

/** What a command answered. */
export type Answer = {readonly code: number; readonly data: string; readonly messages: string};

export type Ask = (command: string, options: readonly string[], words: readonly string[]) => Promise<Answer>;

/** Runs commands of knet as if they were typed: what a tool answers is what a person sees. `common`: of every command. */
export function asker(main: Main, common: readonly string[], env: NodeJS.ProcessEnv): Ask {
	return async (command, options, words) => {
		const answer = {data: '', messages: ''};
		const code = await main([command, ...options, ...common, '--', ...words], 'knet', {
			print: (text) => void (answer.data += text),
			say: (text) => void (answer.messages += text),
			env,
			isTerminal: false,
		});
		return {code, ...answer};
	};
}
