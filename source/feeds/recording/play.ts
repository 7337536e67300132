import type {Writer} from '../../store/store-types.ts';
import type {Feed} from '../feed.ts';
import type {RecordingLine} from './recording.ts';
import type {Recording} from './read-recording.ts';

/** Pauses in which nothing happened are cut to this. Milliseconds. */
const longestPause = 3000;

/** Gives a writer everything at once: the state at the end of the recording. */
export function playAll({lines}: Recording, writer: Writer): void {
	lines.forEach((line) => publish(line, writer));
}

/** A recording that plays, and its own time: milliseconds since it began. It stands at the end. */
export type Playing = Feed & {time(): number};

/** Gives a writer what was recorded, at the recorded pace, from the first complete state on. */
export function play({lines}: Recording, writer: Writer, now: () => number = Date.now): Playing {
	let timer: NodeJS.Timeout | undefined;
	let shown = {t: 0, at: now()};
	const step = (position: number): void => {
		const line = lines[position];
		if (line) {
			publish(line, writer);
			shown = {t: line.t, at: now()};
			const pause = (lines[position + 1]?.t ?? line.t) - line.t;
			timer = setTimeout(() => step(position + 1), Math.min(pause, longestPause));
		}
	};

	const start = lines.findLastIndex(({t}) => t - (lines[0]?.t ?? 0) < openingMoment) + 1;
	lines.slice(0, start).forEach((line) => publish(line, writer));
	timer = setTimeout(() => step(start), 0);
	const end = lines.at(-1)?.t ?? 0;
	return {
		// A pause that is cut short is not lived through: the next event sets the time.
		time: () => Math.min(end, shown.t + Math.min(now() - shown.at, longestPause)),
		want() {},
		stop() {
			clearTimeout(timer);
			return Promise.resolve();
		},
	};
}

/** Lists that arrive within this time are the state with which a recording begins. Milliseconds. */
const openingMoment = 2000;

function publish(line: RecordingLine, writer: Writer): void {
	if ('event' in line) {
		writer.apply(line.event);
	} else {
		writer.observe(line.evidence);
	}
}
