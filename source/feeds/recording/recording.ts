import type {ownApi} from '../../model/own-api.ts';
import type {Evidence} from '../../model/evidence.ts';
import type {WatchEvent} from '../../model/watch-event.ts';

/** The first line of a recording. `at`, `startedAt` in milliseconds since the epoch. */
export type RecordingHeader = {
	readonly apiVersion: typeof ownApi;
	readonly kind: 'Recording';
	readonly metadata: {
		readonly startedAt: number;
		readonly context?: string;
		/** The one to look at; absent: all. */
		readonly namespace?: string;
		readonly knetVersion: string;
	};
};

/** Every further line: what happened, milliseconds after the start. Objects are those of the model: no Secret data, no tokens. */
export type RecordingLine = {readonly t: number} & (
	| {readonly event: WatchEvent}
	| {readonly evidence: Evidence}
);
