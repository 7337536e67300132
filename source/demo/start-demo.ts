import {UserError} from '../errors.ts';
import {nearest} from '../path/nearest.ts';
import {serveWorld} from './api-server.ts';
import {direct, keepGoing, type DirectorOptions} from './director.ts';
import type {Guide} from '../model/guide.ts';
import type {Scenario} from './scenario.ts';
import {guideOf} from './guide.ts';
import {podLog} from './pod-log.ts';
import {scenarios} from './scenarios.ts';
import {createSimulation} from './simulation.ts';

/** A demo cluster that is up, and served on loopback. */
export type Demo = {
	readonly url: string;
	/** The scenario it was opened on. */
	readonly scenario?: Scenario;
	/** What to ask of it, and the keys that answer. */
	readonly guide: Guide;
	stop(): Promise<void>;
};

type DemoOptions = {
	/** Opens on this scenario and stays there; absent: the director breaks and heals in turns. */
	readonly scenario?: string;
	/** Whether anything happens by itself; a printed result needs a cluster that stands still. */
	readonly live: boolean;
};

/** Starts the embedded cluster. Throws `UserError` for a scenario that does not exist. */
export async function startDemo({scenario: name, live}: DemoOptions): Promise<Demo> {
	const scenario = name === undefined ? undefined : findScenario(name);
	const simulation = createSimulation();
	simulation.settle();
	const goesOn = live && scenario?.goesOn === true;
	if (!goesOn) {
		scenario?.breaks(simulation);
		simulation.settle();
	}

	const server = await serveWorld(simulation.world, (path) => podLog(simulation, path));
	const every = (milliseconds: number, callback: () => void): (() => void) => {
		const timer = setInterval(callback, milliseconds);
		return () => clearInterval(timer);
	};

	const stopDirector = live ? directed({simulation, scenario, goesOn, every}) : () => {};
	return {
		url: server.url,
		scenario,
		guide: guideOf(scenario, scenarios),
		stop() {
			stopDirector();
			return server.close();
		},
	};
}

type Directed = Pick<DirectorOptions, 'simulation' | 'every'> & {
	readonly scenario: Scenario | undefined;
	readonly goesOn: boolean;
};

function directed({simulation, scenario, goesOn, every}: Directed): () => void {
	return scenario && goesOn
		? keepGoing({simulation, scenario, every})
		: direct({simulation, scenarios: scenario ? [] : scenarios, every});
}

function findScenario(name: string): Scenario {
	const found = scenarios.find((each) => each.name === name);
	if (!found) {
		const names = scenarios.map((each) => each.name);
		const like = nearest(name, names)[0];
		throw new UserError(
			`The demo has no scenario ${name}.`,
			like ? `Did you mean ${like}?` : `It has: ${names.join(', ')}.`,
		);
	}

	return found;
}
