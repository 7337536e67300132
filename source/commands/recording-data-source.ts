import {readFile} from 'node:fs/promises';
import {play} from '../feeds/recording/play.ts';
import {readRecording} from '../feeds/recording/read-recording.ts';
import {systemClock} from '../clock.ts';
import type {SessionOptions} from '../session/create-session.ts';
import {createStore} from '../store/store.ts';
import {traceOptionsOf} from './asking.ts';
import type {Flags} from './flags.ts';

/** A session over a recording, which plays from now on: ages are as they were when it was recorded. */
export async function recordingOptions(name: string, flags: Flags): Promise<SessionOptions> {
	const recording = readRecording(await readFile(name, 'utf8'), name);
	const {writer, reader} = createStore();
	const feed = play(recording, writer);
	const {startedAt} = recording.header.metadata;
	const until = startedAt + (recording.lines.at(-1)?.t ?? 0);
	return {
		dataSource: {
			source: {kind: 'recording', context: recording.header.metadata.context, files: [name], until},
			namespace: flags.namespace ?? 'default',
			reader,
			feed,
			close: () => feed.stop(),
		},
		open: () => Promise.reject(new Error('a recording has no other contexts')),
		contexts: [],
		namespace: flags.namespace,
		traceOptions: traceOptionsOf(flags, flags.namespace ?? 'default'),
		clock: {...systemClock, now: () => startedAt + feed.time()},
	};
}
