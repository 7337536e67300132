import type {ProbeState, Selected} from './state.ts';
import type {SessionAction} from './session.ts';
import type {Clock} from '../clock.ts';
import type {PlannedProbe, Prober} from './data-source.ts';

type ProbeAction = Extract<SessionAction, {type: `probe${string}`}>;

type ProbingOptions = {
	readonly clock: Clock;
	/** Agreed to beforehand. */
	readonly isAllowed: boolean;
	readonly show: (state: ProbeState) => void;
	/** A sentence about why nothing was sent. */
	readonly say: (text: string) => void;
};

/** Shows a plan and sends it only after a yes. A yes for the whole session is kept. */
export type Probing = {
	act(action: ProbeAction, prober: Prober | undefined, selected: Selected | undefined): void;
	cancel(): void;
};

export function createProbing({clock, show, say, ...options}: ProbingOptions): Probing {
	let planned: PlannedProbe | undefined;
	let running: AbortController | undefined;
	let {isAllowed} = options;

	function offer(probe: PlannedProbe): void {
		if (probe.plan.checks.length === 0) {
			say('There is nothing to test on this hop.');
			return;
		}

		planned = probe;
		if (isAllowed) {
			void send();
		} else {
			show({phase: 'asking', plan: probe.plan});
		}
	}

	async function send(): Promise<void> {
		const probe = planned;
		if (!probe || running) {
			return;
		}

		planned = undefined;
		running = new AbortController();
		const {plan} = probe;
		const since = clock.now();
		show({phase: 'running', plan, done: 0, since});
		const onProgress = (done: number) => show({phase: 'running', plan, done, since});
		const summary = await probe.run({signal: running.signal, onProgress}).catch(describe);
		running = undefined;
		show({phase: 'done', plan, at: clock.now(), summary});
	}

	function cancel(): void {
		planned = undefined;
		running?.abort();
		if (!running) {
			show({phase: 'idle'});
		}
	}

	return {
		cancel,
		act(action, prober, selected) {
			switch (action.type) {
				case 'probe': {
					const problem = whyNot(prober, selected);
					if (problem === undefined) {
						offer(prober!.plan({trace: selected!.trace!, path: action.path ?? 0, hop: action.hop}));
					} else {
						say(problem);
					}

					break;
				}

				case 'probe-answer': {
					isAllowed ||= Boolean(action.yes && action.always);
					void (action.yes ? send() : cancel());
					break;
				}

				case 'probe-allow': {
					isAllowed = true;
					break;
				}

				case 'probe-cancel': {
					cancel();
					break;
				}
			}
		},
	};
}

function whyNot(prober: Prober | undefined, selected: Selected | undefined): string | undefined {
	if (!prober) {
		return 'Nothing can be tested here: there is no cluster behind it.';
	}

	return selected?.trace ? undefined : 'There is no path to test yet.';
}

/** A probe that fails is a result like any other. */
function describe(error: unknown): string {
	return `The test ended early: ${error instanceof Error ? error.message : String(error)}`;
}
