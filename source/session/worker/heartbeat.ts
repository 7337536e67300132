import type {Clock} from '../../clock.ts';
import type {FromWorker, Port, ToWorker} from './messages.ts';

/** Milliseconds between two pings. */
const interval = 1000;

type Heartbeat = {
	/** Milliseconds since the epoch of the last message from the other end. */
	readonly heardAt: number;
	stop(): void;
};

type Options = {
	readonly clock: Clock;
	/** How many pings in a row were not answered. 0: answers come again. */
	readonly onMissed: (missed: number) => void;
};

/**
Pings the other thread once a second. It counts pings, not seconds: a process that was stopped, or a machine that slept,
sent none.
*/
export function watchHeartbeat(port: Port<FromWorker, ToWorker>, {clock, onMissed}: Options): Heartbeat {
	let heardAt = clock.now();
	let missed = 0;
	let cancel = clock.after(interval, beat);

	function beat(): void {
		cancel = clock.after(interval, beat);
		port.postMessage({type: 'ping'});
		missed++;
		if (missed > 1) {
			onMissed(missed - 1);
		}
	}

	port.on('message', () => {
		heardAt = clock.now();
		const wasMissed = missed > 1;
		missed = 0;
		if (wasMissed) {
			onMissed(0);
		}
	});
	return {
		get heardAt() {
			return heardAt;
		},
		stop: () => cancel(),
	};
}
