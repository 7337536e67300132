import {readFile} from 'node:fs/promises';
import {missingInFile} from '../../feeds/file/apply-objects.ts';
import {play, type PlayOptions, type Player} from '../../feeds/recording/play.ts';
import {readRecording, type Recording} from '../../feeds/recording/read-recording.ts';
import {systemClock, type Clock} from '../../clock.ts';
import type {PlayRequest} from '../../model/playback.ts';
import type {SessionOptions} from '../../session/create-session.ts';
import type {DataSource} from '../../session/data-source.ts';
import {createStore} from '../../store/store.ts';
import {traceOptionsOf} from '../flags/asking.ts';
import type {Flags} from '../flags/flags.ts';
import {recordingNamespace} from './recording-namespace.ts';

/** A session over a recording, which plays from now on: ages are as they were when it was recorded. */
export async function recordingOptions(name: string, flags: Flags): Promise<SessionOptions> {
	const recording = readRecording(await readFile(name, 'utf8'), name);
	const namespace = recordingNamespace(recording, flags);
	const {dataSource, clock} = playedSource(recording, {name, namespace, clock: systemClock});
	return {
		dataSource,
		open: () => Promise.reject(new Error('a recording has no other contexts')),
		contexts: [],
		namespace,
		traceOptions: traceOptionsOf(flags, namespace ?? 'default'),
		clock,
	};
}

/** A recording as what a session stands on, and the time in it. A seek is another data source, at another time. */
export function playedSource(
	recording: Recording,
	{name, namespace, clock}: {readonly name: string; readonly namespace?: string; readonly clock: Clock},
): {readonly dataSource: DataSource; readonly clock: Clock} {
	let player: Player;

	function sourceAt(options: Omit<PlayOptions, 'writer' | 'clock'>): DataSource {
		const {writer, reader} = createStore({
			unlisted: missingInFile,
			schedule: (callback) => void clock.after(0, callback),
		});
		const own = play(recording, {...options, writer, clock});
		player = own;
		return {
			source: {kind: 'recording', context: recording.header.metadata.context, files: [name]},
			namespace: namespace ?? 'default',
			reader,
			feed: {want() {}, stop: () => Promise.resolve()},
			player: {
				get playback() {
					return own.playback;
				},
				subscribe: (listener) => own.subscribe(listener),
				act: (request) => act(request, own),
			},
			async close() {
				own.stop();
			},
		};
	}

	function act(request: PlayRequest, own: Player): DataSource | undefined {
		const {isPaused, speed, start, end} = own.playback;
		if (request === 'pause') {
			own.pause(!isPaused);
			return undefined;
		}

		if (typeof request === 'object' && 'speed' in request) {
			own.setSpeed(Math.min(64, Math.max(0.25, request.speed)));
			return undefined;
		}

		const isStep = typeof request === 'string';
		const wanted = isStep ? own.stepFrom(request === 'step-back' ? 'back' : 'forward') : request.seek;
		if (isStep) {
			own.pause(true);
		}

		const at = wanted === undefined ? own.now() : Math.min(end, Math.max(start, wanted));
		if (at >= own.now()) {
			own.advanceTo(at);
			return undefined;
		}

		return sourceAt({from: at, speed, isPaused: isStep || isPaused});
	}

	return {dataSource: sourceAt({}), clock: {...clock, now: () => player.now()}};
}
