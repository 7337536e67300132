import {getPriority, setPriority} from 'node:os';

/** Worse than the thread that draws by this much: it gets about a third of what that one gets, where both want a processor. */
const distance = 5;
/** The worst niceness that there is. */
const worst = 19;

/**
Lets the thread that draws go first where processors are few: a key is answered while a large list is read. Only Linux has a
niceness for each thread; process 0 is the calling thread there (setpriority(2), "C library/kernel differences").
*/
export function stepBack(): void {
	if (process.platform !== 'linux') {
		return;
	}

	try {
		setPriority(0, Math.min(worst, getPriority(0) + distance));
	} catch {
		// A sandbox may forbid it. Nothing but speed depends on it.
	}
}
