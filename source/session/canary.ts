import {isFailure, type Evidence} from '../model/evidence.ts';
import type {Clock} from '../clock.ts';
import type {Canary, CanaryAnswer} from './state.ts';

/** Milliseconds between two turns of a probe that is repeated. */
const canaryEvery = 30_000;

/** More answers are forgotten. */
const mostAnswers = 60;

function withAnswer(
	answers: readonly CanaryAnswer[],
	evidence: readonly Evidence[],
	at: number,
): readonly CanaryAnswer[] {
	return [...answers, {at, ...answerOf(evidence)}].slice(-mostAnswers);
}

type Answer = Omit<CanaryAnswer, 'at'>;

const worstFirst: readonly Answer['level'][] = ['silent', 'unwell', 'well'];

/** What a turn comes to: the worst of what was seen. What clients get, an answer over HTTP, counts before all else. */
function answerOf(evidence: readonly Evidence[]): Answer {
	const requests = evidence.filter(({type}) => type === 'http');
	const answers = (requests.length > 0 ? requests : evidence).map(oneAnswer);
	return (
		worstFirst.map((level) => answers.find((answer) => answer.level === level)).find(Boolean) ?? {
			text: 'no answer',
			level: 'silent',
		}
	);
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
	readonly show: (canary: Canary | undefined) => void;
	/** Sends once more. */
	readonly again: () => void;
};

/** A probe that is repeated, with what it came to. */
export type Repetition = {
	begin(): void;
	/** A turn is over: the next one follows after a while. */
	note(results: readonly Evidence[]): void;
	end(): void;
};

export function createRepetition({clock, show, again}: RepetitionOptions): Repetition {
	let canary: Canary | undefined;
	let stopWaiting = (): void => {};

	function set(next: Canary | undefined): void {
		canary = next;
		show(next);
	}

	return {
		begin: () => set({every: canaryEvery, answers: []}),
		note(results) {
			if (canary) {
				set({...canary, answers: withAnswer(canary.answers, results, clock.now())});
				stopWaiting = clock.after(canaryEvery, again);
			}
		},
		end() {
			stopWaiting();
			if (canary) {
				set(undefined);
			}
		},
	};
}
