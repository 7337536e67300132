import type {Writer} from '../../store/store-types.ts';
import type {Feed} from '../feed.ts';
import type {RecordingLine} from './recording.ts';
import type {Recording} from './read-recording.ts';

/** Pauses in which nothing happened are cut to this. Milliseconds. */
const longestPause = 3000;

/** Tells a writer everything at once: how things stood at the end. */
export function playAll({lines}: Recording, writer: Writer): void {
	lines.forEach((line) => publish(line, writer));
}

/** Tells a writer what was recorded, in its own time, from the first whole picture on. */
export function play({lines}: Recording, writer: Writer): Feed {
	let timer: NodeJS.Timeout | undefined;
	const step = (position: number): void => {
		const line = lines[position];
		if (line) {
			publish(line, writer);
			const pause = (lines[position + 1]?.t ?? line.t) - line.t;
			timer = setTimeout(() => step(position + 1), Math.min(pause, longestPause));
		}
	};

	const start = lines.findLastIndex(({t}) => t - (lines[0]?.t ?? 0) < openingMoment) + 1;
	lines.slice(0, start).forEach((line) => publish(line, writer));
	timer = setTimeout(() => step(start), 0);
	return {
		want() {},
		stop() {
			clearTimeout(timer);
			return Promise.resolve();
		},
	};
}

/** The first lists belong to the picture with which a recording opens. Milliseconds. */
const openingMoment = 2000;

function publish(line: RecordingLine, writer: Writer): void {
	if ('event' in line) {
		writer.apply(line.event);
	} else {
		writer.observe(line.evidence);
	}
}
