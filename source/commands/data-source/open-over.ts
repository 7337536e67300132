import {UserError} from '../../errors.ts';
import {playAll} from '../../feeds/recording/play.ts';
import {readRecording} from '../../feeds/recording/read-recording.ts';
import {createStore} from '../../store/store.ts';
import type {Flags} from '../flags/flags.ts';
import {readText} from './read-text.ts';
import {openSource, type OpenSource} from './source.ts';
import type {Terminal} from '../output/terminal.ts';
import {credentialTimeoutOf} from '../flags/timeout.ts';
import {recordingNamespace} from './recording-namespace.ts';

/** What changes are laid over: the cluster, a recording as it ended, or what `-f` reads. */
export async function openOver(flags: Flags, {config}: Terminal): Promise<OpenSource> {
	const {over} = flags;
	const opening = {credentialTimeout: credentialTimeoutOf(flags), namespace: config?.namespace};
	if (over === undefined) {
		return openSource(flags, opening);
	}

	if (over === 'live') {
		return openSource({...flags, filename: undefined}, opening);
	}

	if (over.endsWith('.knetrec')) {
		return openRecording(over, flags);
	}

	if (over === '-' && flags.filename?.includes('-')) {
		throw new UserError('Standard input can be read once.', 'Give a file to --over or to -f.');
	}

	return openSource({...flags, filename: [over]}, opening);
}

async function openRecording(name: string, flags: Flags): Promise<OpenSource> {
	const recording = readRecording(await readText(name), name);
	const {writer, reader} = createStore();
	playAll(recording, writer);
	const {startedAt, context} = recording.header.metadata;
	const end = startedAt + (recording.lines.at(-1)?.t ?? 0);
	return {
		// Ages are as they were when the recording ended.
		reader: {...reader, snapshot: () => reader.snapshot(end)},
		writer,
		feed: {want() {}, stop: () => Promise.resolve()},
		source: 'recording',
		context,
		namespace: recordingNamespace(recording, flags) ?? 'default',
		close: () => Promise.resolve(),
	};
}
