import {isFailure, type Evidence} from '../../model/evidence.ts';
import type {Clock} from '../../clock.ts';
import type {ProbeTurn} from './probe-state.ts';

/** Milliseconds between two turns of a probe that is repeated. */
const turnEvery = 30_000;

/** How many results of a repeated test are kept: older ones are forgotten. */
const mostTurns = 60;

type Answer = Omit<ProbeTurn, 'at'>;

const worstFirst: readonly Answer['level'][] = ['silent', 'unwell', 'well'];

/** What a turn comes to: the worst of what was seen. What clients get, an answer over HTTP, counts before all else. */
function answerOf(evidence: readonly Evidence[]): Answer {
	const requests = evidence.filter(({type}) => type === 'http');
	const answers = (requests.length > 0 ? requests : evidence).map(oneAnswer);
	const [worst] = answers.toSorted((a, b) => worstFirst.indexOf(a.level) - worstFirst.indexOf(b.level));
	return worst ?? {text: 'no answer', level: 'silent'};
}

function oneAnswer({result}: Evidence): Answer {
	if (isFailure(result)) {
		return {text: result.failed, level: 'silent'};
	}

	if ('status' in result) {
		return {text: String(result.status), level: result.status < 400 ? 'well' : 'unwell'};
	}

	if ('outcome' in result) {
		return {text: result.outcome, level: result.outcome === 'connected' ? 'well' : 'silent'};
	}

	return 'rcode' in result
		? {text: result.rcode, level: result.rcode === 'NOERROR' ? 'well' : 'unwell'}
		: {text: 'answered', level: 'noHandshake' in result ? 'unwell' : 'well'};
}

type RepetitionOptions = {
	readonly clock: Clock;
	readonly show: (turns: readonly ProbeTurn[] | undefined) => void;
	/** Sends once more. */
	readonly again: () => void;
};

/** A probe that is repeated, with what it came to. */
type Repetition = {
	begin(): void;
	/** A turn is over: the next one follows after a while. */
	note(results: readonly Evidence[]): void;
	end(): void;
};

export function createRepetition({clock, show, again}: RepetitionOptions): Repetition {
	let turns: readonly ProbeTurn[] | undefined;
	let stopWaiting = (): void => {};

	function set(next: readonly ProbeTurn[] | undefined): void {
		turns = next;
		show(next);
	}

	return {
		begin: () => set([]),
		note(results) {
			if (turns) {
				set([...turns, {at: clock.now(), ...answerOf(results)}].slice(-mostTurns));
				stopWaiting = clock.after(turnEvery, again);
			}
		},
		end() {
			stopWaiting();
			if (turns) {
				set(undefined);
			}
		},
	};
}
