import type {Scenario} from './scenario.ts';
import type {Simulation} from './simulation.ts';

export type DirectorOptions = {
	readonly simulation: Simulation;
	readonly scenarios: readonly Scenario[];
	/** Runs a callback every so many milliseconds; returns the way to stop it. */
	readonly every: (milliseconds: number, callback: () => void) => () => void;
};

/** A turn of the simulated controllers and kubelets, in milliseconds. */
const turn = 700;

/** Turns for which the cluster is well, and for which it is broken: about nine and fourteen seconds. */
const calm = 13;
const trouble = 20;

/** Breaks and heals the cluster in turns, while somebody watches. Returns the way to stop it. */
export function direct({simulation, scenarios, every}: DirectorOptions): () => void {
	let turns = 0;
	const acts = Math.max(1, scenarios.length * (calm + trouble));
	return every(turn, () => {
		const at = turns % acts;
		const scenario = scenarios[Math.floor(at / (calm + trouble))];
		const within = at % (calm + trouble);
		if (within === calm) {
			scenario?.breaks(simulation);
		} else if (within === 0 && turns > 0) {
			scenarios.at(Math.floor(at / (calm + trouble)) - 1)?.heals(simulation);
		}

		turns++;
		simulation.tick();
	});
}

/** Makes one change and takes it back, over and over, each as slowly as it goes by itself. */
export function keepGoing({
	simulation,
	scenario,
	every,
}: Pick<DirectorOptions, 'simulation' | 'every'> & {readonly scenario: Scenario}): () => void {
	let turns = 0;
	return every(turn, () => {
		if (turns % (calm + trouble) === 0) {
			const isChanged = (turns / (calm + trouble)) % 2 === 1;
			scenario[isChanged ? 'heals' : 'breaks'](simulation);
		}

		turns++;
		simulation.tick();
	});
}
