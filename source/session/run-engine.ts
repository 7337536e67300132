import type {SessionState} from './state.ts';
import type {Marking} from '../path/ignore.ts';
import type {Clock} from '../clock.ts';
import type {DataSource} from './data-source.ts';
import {createEngine, type Engine} from './engine.ts';
import type {StateHolder} from './state-holder.ts';
import type {Selection} from './snapshot-views/views.ts';

/** What a session stands on, and the engine over it. Another can take its place. */
export type Running = {
	readonly dataSource: DataSource;
	readonly engine: Engine;
	/** What is looked at stays so with another data source. */
	select(selection: Selection): void;
	compare(isWanted: boolean): void;
	/** Does not wait for the old data source: it may be the reason for the switch. */
	replace(opened: DataSource, namespace: string | undefined): void;
	stop(): Promise<void>;
};

type First = {
	readonly dataSource: DataSource;
	readonly namespace?: string;
	readonly mark?: Marking;
	readonly clock: Clock;
};

/** Keeps the state of a session up to date with the engine that runs. */
export function runEngine({clock, ...first}: First, holder: StateHolder): Running {
	let {dataSource} = first;
	let engine = start(first.namespace);
	let selection: Selection = {};
	let isCompared = false;

	function start(namespace: string | undefined): Engine {
		const {player} = dataSource;
		player?.subscribe(() => holder.change({playback: player.playback}));
		holder.change({playback: player?.playback});
		const {traceOptions} = holder.state;
		return createEngine({
			dataSource,
			clock,
			namespace,
			traceOptions,
			mark: first.mark,
			onFindings(findings) {
				const before = holder.state;
				holder.change(findings);
				return isNews(before, holder.state);
			},
		});
	}

	return {
		get dataSource() {
			return dataSource;
		},
		get engine() {
			return engine;
		},
		select(wanted) {
			selection = wanted;
			engine.select(selection);
		},
		compare(isWanted) {
			isCompared = isWanted;
			engine.compare(isCompared);
		},
		replace(opened, namespace) {
			engine.stop();
			void dataSource.close();
			dataSource = opened;
			engine = start(namespace);
			engine.select(selection);
			engine.compare(isCompared);
		},
		async stop() {
			engine.stop();
			await dataSource.close();
		},
	};
}

/** Whether a verdict on the screen is new: of a row, the path, a part of the cluster or a table. A change of an object alone is not. */
function isNews(before: SessionState, after: SessionState): boolean {
	return (
		before.entries !== after.entries ||
		before.selected?.trace !== after.selected?.trace ||
		before.cluster !== after.cluster ||
		before.matrix !== after.matrix ||
		before.crossing !== after.crossing
	);
}
