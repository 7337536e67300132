import type {Config} from '../../config/config.ts';

/** What a command may use of the process: handed in, so that tests can hand in theirs. */
export type Terminal = {
	/** Data, to stdout. */
	readonly print: (text: string) => void;
	/** Messages, to stderr. */
	readonly say: (text: string) => void;
	/** What knet is called by: `knet` or `kubectl knet`. */
	readonly program?: string;
	readonly env: NodeJS.ProcessEnv;
	/** Whether stdout is one. */
	readonly isTerminal: boolean;
	/** How wide it is; absent where it is none, and where it does not say. */
	readonly columns?: number;
	/** What the person wants of every run; absent before it was read. */
	readonly config?: Config;
};

/** Runs a command line; resolves to the exit code. `program`: what knet is called by. */
export type Main = (args: readonly string[], program: string, terminal: Terminal) => Promise<number>;
