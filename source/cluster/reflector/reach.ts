import type {Clock} from '../../clock.ts';
import {isOfTheWay, type FailureType} from './failure.ts';
import type {Input} from './types.ts';

/** How long a watch must stay open after resets before others may stop waiting. Milliseconds. */
const proof = 2000;

/** Told when a list or watch reaches the server again. `signal` ends with that list or watch. */
export function createReach(
	clock: Clock,
	onReached: () => void,
): (input: Input, signal: AbortSignal | undefined) => void {
	let cutOff: FailureType | undefined;
	const reach = (): void => {
		cutOff = undefined;
		onReached();
	};

	return (input, signal) => {
		if (input.type === 'failed') {
			cutOff = isOfTheWay(input.failure.type) ? input.failure.type : cutOff;
		} else if (cutOff === 'broken' && input.type === 'opened') {
			// Where connections are reset all the time, a new one that opens proves nothing.
			signal?.addEventListener('abort', clock.after(proof, reach));
		} else if (cutOff && cutOff !== 'broken' && (input.type === 'opened' || input.type === 'page')) {
			reach();
		}
	};
}
