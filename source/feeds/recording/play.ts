import type {Clock} from '../../clock.ts';
import {playbackTime, type Playback} from '../../model/playback.ts';
import type {Writer} from '../../store/store-types.ts';
import type {RecordingLine} from './recording.ts';
import type {Recording} from './read-recording.ts';

/** Pauses in which nothing happened are shortened to this. Milliseconds of this machine. */
const longestPause = 3000;

/** Lines that follow each other within this are one step. Milliseconds. */
const oneStep = 100;

/** Gives a writer everything at once: the state at the end. */
export function playAll({lines}: Recording, writer: Writer): void {
	lines.forEach((line) => publish(line, writer));
}

/** A recording that plays. It goes forward alone: an earlier time is another player over an empty store. */
export type Player = {
	readonly playback: Playback;
	/** The time of the recording. */
	now(): number;
	/** Calls back when it stops, goes on, jumps or changes its speed. */
	subscribe(listener: () => void): () => void;
	pause(isPaused: boolean): void;
	setSpeed(speed: number): void;
	/** Writes what happened up to a time that is still to come, and stops there. */
	advanceTo(at: number): void;
	/** When the step after, or the one before, happened; undefined where there is none. */
	stepFrom(direction: 'back' | 'forward'): number | undefined;
	stop(): void;
};

export type PlayOptions = {
	readonly writer: Writer;
	readonly clock: Clock;
	/** The time of the recording to begin at; absent: with the first whole picture. */
	readonly from?: number;
	readonly speed?: number;
	readonly isPaused?: boolean;
};

/** Tells a writer what was recorded, in its own time. */
export function play(
	recording: Recording,
	{writer, clock, from, speed = 1, isPaused = false}: PlayOptions,
): Player {
	const {lines} = recording;
	const {startedAt} = recording.header.metadata;
	const listeners = new Set<() => void>();
	const end = startedAt + (lines.at(-1)?.t ?? 0);
	let position = 0;
	let cancel = (): void => {};
	let playback: Playback = {at: startedAt, asOf: clock.now(), speed, isPaused, start: startedAt, end};

	function tell(until: number): void {
		for (; position < lines.length && startedAt + lines[position]!.t <= until; position++) {
			publish(lines[position]!, writer);
		}
	}

	/** Sets the time, speed or pause, and plays on from there. */
	function change(part: Partial<Playback>): void {
		playback = {...playback, at: now(), ...part, asOf: clock.now()};
		schedule();
		listeners.forEach((listener) => listener());
	}

	function schedule(): void {
		cancel();
		const next = lines[position];
		if (next && !playback.isPaused) {
			const due = startedAt + next.t;
			const wait = Math.min((due - playback.at) / playback.speed, longestPause);
			cancel = clock.after(Math.max(0, wait), () => {
				tell(due);
				change({at: due});
			});
		}
	}

	/** Not before the last written line, and not after the next one. */
	function now(): number {
		const next = lines[position];
		const soon = playback.at + longestPause * playback.speed;
		return Math.min(playbackTime(playback, clock.now()), soon, next ? startedAt + next.t : end);
	}

	function advanceTo(at: number): void {
		tell(at);
		change({at: Math.min(at, end)});
	}

	advanceTo(from ?? startedAt + openingOf(lines));
	return {
		get playback() {
			return playback;
		},
		now,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		pause: (paused) => change({isPaused: paused}),
		setSpeed: (wanted) => change({speed: wanted}),
		advanceTo,
		stepFrom: (direction) => step(lines, startedAt, {at: now(), direction}),
		stop: () => cancel(),
	};
}

/** The first lists belong to the picture with which a recording opens. Milliseconds. */
const openingMoment = 2000;

function openingOf(lines: readonly RecordingLine[]): number {
	const first = lines[0]?.t ?? 0;
	return lines.findLast(({t}) => t - first < openingMoment)?.t ?? 0;
}

function step(
	lines: readonly RecordingLine[],
	startedAt: number,
	{at, direction}: {readonly at: number; readonly direction: 'back' | 'forward'},
): number | undefined {
	const times = lines.map(({t}) => startedAt + t);
	if (direction === 'forward') {
		const next = times.find((time) => time > at);
		return next === undefined ? undefined : times.findLast((time) => time <= next + oneStep);
	}

	const last = times.findLast((time) => time < at - oneStep);
	return last !== undefined && last >= startedAt + openingOf(lines) ? last : undefined;
}

function publish(line: RecordingLine, writer: Writer): void {
	if ('event' in line) {
		writer.apply(line.event);
	} else {
		writer.observe(line.evidence);
	}
}
