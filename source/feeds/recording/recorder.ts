import {ownApi} from '../../model/own-api.ts';
import type {Writer} from '../../store/store-types.ts';
import type {RecordingHeader, RecordingLine} from './recording.ts';

type RecorderOptions = {
	readonly writer: Writer;
	/** Takes a line without its newline. */
	readonly write: (line: string) => void;
	readonly clock: () => number;
	readonly metadata: Omit<RecordingHeader['metadata'], 'startedAt'>;
};

/** A writer that also records what it is given. */
export function createRecorder({writer, write, clock, metadata}: RecorderOptions): Writer {
	const startedAt = clock();
	const header: RecordingHeader = {
		apiVersion: ownApi,
		kind: 'Recording',
		metadata: {startedAt, ...metadata},
	};
	write(JSON.stringify(header));
	const note = (line: RecordingLine): void => write(JSON.stringify(line));
	return {
		apply(event) {
			note({t: clock() - startedAt, event});
			writer.apply(event);
		},
		observe(evidence) {
			note({t: clock() - startedAt, evidence});
			writer.observe(evidence);
		},
	};
}
