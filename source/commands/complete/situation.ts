import type {CommandName} from '../command-table.ts';
import type {Flags} from '../flags/flags.ts';

/** A value that may stand at the cursor. */
export type Candidate = {readonly value: string; readonly about?: string};

export type Candidates = {
	readonly candidates: readonly Candidate[];
	/** Names of files are meant: the shell knows them. */
	readonly files?: true;
	/** More is to be typed behind it: `svc/`. */
	readonly open?: true;
};

/** What is known of the line when its last word is completed. */
export type Situation = {
	readonly command: CommandName | 'explore';
	/** Words before the cursor, without the command. */
	readonly words: readonly string[];
	readonly flags: Flags;
	/** What of the word at the cursor is there already. */
	readonly prefix: string;
	readonly env: NodeJS.ProcessEnv;
	/** Absent: it runs in the background, and nobody waits. */
	readonly patience: Patience | undefined;
};

/** How long a key press may take. */
export type Patience = {
	/** Resolves when it is over. */
	readonly over: Promise<unknown>;
	/** Asks the same in the background. */
	readonly askLater: () => Promise<void>;
};
