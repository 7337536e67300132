import type {GuideStep} from '../model/guide.ts';
import type {Simulation} from './simulation.ts';

/** One mishap of the demo: how it is made and repaired, and what to look at. */
export type Scenario = {
	/** What stands on the command line: `knet demo NAME`. */
	readonly name: string;
	/** One sentence: what has happened. */
	readonly title: string;
	/** What a person who sees it wants to know: the explorer asks it and does not answer. */
	readonly question: string;
	/** The target on which it is seen best. */
	readonly target: string;
	/** Where the request starts, where it matters. */
	readonly from?: string;
	/** The keys that answer it, the proof first. */
	readonly guide: readonly GuideStep[];
	/** Said at the end, where what the keys show leaves the question open. */
	readonly answer?: string;
	/** It shows a change under way: while somebody watches it repeats, back and forth. */
	readonly goesOn?: true;
	breaks(simulation: Simulation): void;
	heals(simulation: Simulation): void;
};
