import {UserError} from '../errors.ts';
import {playAll} from '../feeds/recording/play.ts';
import {readRecording, type Recording} from '../feeds/recording/read-recording.ts';
import {scan} from '../path/walk/scan.ts';
import {createStore} from '../store/store.ts';
import {scanExitCode} from './output/exit-code.ts';
import {failOnOf, type Flags} from './flags/flags.ts';
import {ignoring} from './flags/ignore.ts';
import {metadataOf} from './output/metadata.ts';
import {scanText} from './output/printer.ts';
import {readText} from './data-source/read-text.ts';
import {recordingNamespace} from './data-source/recording-namespace.ts';
import {showsScreen} from './flags/shows-screen.ts';
import type {Terminal} from './output/terminal.ts';

/** `knet replay FILE`: the explorer over a recording, in its own time; without a terminal the scan of how it ended. */
export async function replay(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
	const [name, ...more] = words;
	if (name === undefined || more.length > 0) {
		throw new UserError('knet replay needs one FILE.', 'knet record FILE makes one.');
	}

	const recording = readRecording(await readText(name), name);
	if (showsScreen(flags, terminal)) {
		const {exploreRecording} = await import('./explore.ts');
		return exploreRecording({name}, flags, terminal);
	}

	return print(recording, flags, terminal);
}

async function print(recording: Recording, flags: Flags, terminal: Terminal): Promise<number> {
	const {writer, reader} = createStore();
	playAll(recording, writer);
	const {startedAt, context} = recording.header.metadata;
	const end = startedAt + (recording.lines.at(-1)?.t ?? 0);
	const snapshot = reader.snapshot(end);
	const namespace = recordingNamespace(recording, flags);
	const found = scan(snapshot, namespace);
	const result = {...found, paths: ignoring(flags, terminal.config)(found.paths, snapshot)};
	const metadata = {...metadataOf({source: 'recording', context}), at: new Date(end).toISOString()};
	terminal.print(await scanText({...result, namespace}, {flags, metadata, ...terminal}));
	return scanExitCode(result, failOnOf(flags));
}
