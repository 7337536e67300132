import {messageOf} from '../../errors.ts';
import type {Evidence} from '../../model/evidence.ts';
import type {Selected} from '../state.ts';
import type {ProbeState, ProbeTurn} from './probe-state.ts';
import type {SessionAction} from '../session.ts';
import type {Clock} from '../../clock.ts';
import {createRepetition} from './repetition.ts';
import type {PlannedProbe, Prober} from '../data-source.ts';

type ProbeAction = Extract<SessionAction, {type: `probe${string}`}>;

/** What is tested: a path of the target that is looked at, or a hop of it. */
type Asked = Extract<SessionAction, {type: 'probe'}>;

type ProbingOptions = {
	readonly clock: Clock;
	/** Agreed to beforehand. */
	readonly isAllowed: boolean;
	/** What can be tested now. */
	readonly here: () => {readonly prober: Prober | undefined; readonly selected: Selected | undefined};
	readonly show: (state: ProbeState) => void;
	readonly showTurns: (turns: readonly ProbeTurn[] | undefined) => void;
	/** A sentence about why nothing was sent. */
	readonly say: (text: string) => void;
};

/** Shows a plan and sends it only after a yes. A yes for the whole session is kept. */
export type Probing = {
	act(action: ProbeAction): void;
	/** Ends a repetition: another path is looked at. */
	leave(): void;
	cancel(): void;
};

export function createProbing({clock, here, show, showTurns, say, ...options}: ProbingOptions): Probing {
	const again = (): void => void send(planned(asked, here()));
	const repetition = createRepetition({clock, show: showTurns, again});
	let offered: PlannedProbe | undefined;
	let asked: Asked = {type: 'probe'};
	let running: AbortController | undefined;
	let {isAllowed} = options;

	function ask(action: Asked): void {
		repetition.end();
		asked = action;
		const probe = planned(asked, here());
		if (!probe || probe.plan.checks.length === 0) {
			say(whyNot(here()));
		} else if (isAllowed) {
			void send(probe, asked.repeat);
		} else {
			offered = probe;
			show({phase: 'asking', plan: probe.plan});
		}
	}

	async function send(probe: PlannedProbe | undefined, isRepeated = false): Promise<void> {
		offered = undefined;
		if (!probe || running) {
			repetition.end();
			return;
		}

		if (isRepeated) {
			repetition.begin();
		}

		running = new AbortController();
		const results = await runShown(probe, {signal: running.signal, clock, show});
		running = undefined;
		repetition.note(results);
	}

	function cancel(): void {
		repetition.end();
		offered = undefined;
		running?.abort();
		if (!running) {
			show({phase: 'idle'});
		}
	}

	function answer({yes, always, repeat}: Extract<ProbeAction, {type: 'probe-answer'}>): void {
		isAllowed ||= Boolean(yes && always);
		if (yes) {
			void send(offered, repeat);
		} else {
			cancel();
		}
	}

	return {
		cancel,
		leave: () => repetition.end(),
		act(action) {
			switch (action.type) {
				case 'probe':
					return ask(action);
				case 'probe-answer':
					return answer(action);
				case 'probe-cancel':
					return cancel();
				case 'probe-allow':
					isAllowed = true;
			}
		},
	};
}

type Here = ReturnType<ProbingOptions['here']>;

/** The path as it is by now: its pods may be others than at the last turn. */
function planned({path = 0, hop}: Asked, {prober, selected}: Here): PlannedProbe | undefined {
	return selected?.trace && prober?.plan({trace: selected.trace, path, hop});
}

type Run = {readonly signal: AbortSignal} & Pick<ProbingOptions, 'clock' | 'show'>;

/** Runs a probe and shows how far it is; resolves to what was seen. */
async function runShown(probe: PlannedProbe, {signal, clock, show}: Run): Promise<readonly Evidence[]> {
	const {plan} = probe;
	const results: Evidence[] = [];
	const since = clock.now();
	const onProgress = (done: number): void => show({phase: 'running', plan, done, since});
	onProgress(0);
	const onResult = (evidence: Evidence): void => void results.push(evidence);
	const summary = await probe.run({signal, onProgress, onResult}).catch(describe);
	show({phase: 'done', plan, at: clock.now(), summary});
	return results;
}

function whyNot({prober, selected}: Here): string {
	if (!prober) {
		return 'Nothing can be tested here: there is no cluster behind it.';
	}

	return selected?.trace ? 'There is nothing to test on this hop.' : 'There is no path to test yet.';
}

/** A probe that fails is a result like any other. */
function describe(error: unknown): string {
	return `The test ended early: ${messageOf(error)}`;
}
