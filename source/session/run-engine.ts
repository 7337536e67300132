import type {Clock} from '../clock.ts';
import type {DataSource} from './data-source.ts';
import {createEngine, type Engine, type Findings} from './engine.ts';
import type {StateHolder} from './state-holder.ts';

/** What a session stands on, and the engine over it. Another can take its place. */
export type Running = {
	readonly dataSource: DataSource;
	readonly engine: Engine;
	/** Does not wait for the old data source: it may be the reason for the switch. */
	replace(opened: DataSource, namespace: string | undefined): void;
	stop(): Promise<void>;
};

type First = {readonly dataSource: DataSource; readonly namespace?: string; readonly clock: Clock};

/** Keeps the state of a session up to date with the engine that runs. */
export function runEngine({clock, ...first}: First, holder: StateHolder): Running {
	let {dataSource} = first;
	let engine = start(first.namespace);

	function start(namespace: string | undefined): Engine {
		const {player} = dataSource;
		player?.subscribe(() => holder.change({playback: player.playback}));
		holder.change({playback: player?.playback});
		const onFindings = (findings: Findings) =>
			holder.change({
				selected: undefined,
				past: undefined,
				supposition: undefined,
				matrix: undefined,
				...findings,
			});
		return createEngine({dataSource, clock, namespace, traceOptions: holder.state.traceOptions, onFindings});
	}

	return {
		get dataSource() {
			return dataSource;
		},
		get engine() {
			return engine;
		},
		replace(opened, namespace) {
			engine.stop();
			void dataSource.close();
			dataSource = opened;
			engine = start(namespace);
		},
		async stop() {
			engine.stop();
			await dataSource.close();
		},
	};
}
