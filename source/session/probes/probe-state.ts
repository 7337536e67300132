/** Active checks: nothing is sent before the person has seen the plan and agreed. */
export type ProbeState =
	| {readonly phase: 'idle'}
	/** Waits for the answer of the person. */
	| {readonly phase: 'asking'; readonly plan: ProbePlan}
	| {readonly phase: 'running'; readonly plan: ProbePlan; readonly done: number; readonly since: number}
	| {readonly phase: 'done'; readonly plan: ProbePlan; readonly at: number; readonly summary: string};

/** What one turn of a repeated probe came to, in a word: `503`, `refused`. `unwell`: an answer, and not the one that is wanted. */
export type ProbeTurn = {
	readonly at: number;
	readonly text: string;
	readonly level: 'well' | 'unwell' | 'silent';
};

/** What would be sent, said before it is sent. */
export type ProbePlan = {
	readonly title: string;
	/** Sentences: what is sent, from where, to what. */
	readonly checks: readonly string[];
	/** How many checks these are; absent: one a sentence. */
	readonly count?: number;
	/** Permissions it needs, as `kubectl auth can-i` words them. */
	readonly permissions: readonly string[];
};
