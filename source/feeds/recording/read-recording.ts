import {UserError} from '../../errors.ts';
import type {RecordingHeader, RecordingLine} from './recording.ts';

export type Recording = {readonly header: RecordingHeader; readonly lines: readonly RecordingLine[]};

/** Reads a recording. Throws `UserError` naming the line that is none; a last line that was cut off is left out. */
export function readRecording(content: string, name: string): Recording {
	const [first = '', ...rest] = content.split('\n');
	const header = parse(first) as Partial<RecordingHeader> | undefined;
	if (header?.kind !== 'Recording' || header.apiVersion !== 'knet.dev/v1alpha1') {
		throw new UserError(`${name} is not a recording of knet.`, 'knet record FILE makes one.');
	}

	const written = rest.at(-1) === '' ? rest.slice(0, -1) : rest;
	const lines = written.flatMap((text, position) => {
		const line = parse(text) as RecordingLine | undefined;
		if (isLine(line)) {
			return [line];
		}

		if (position === written.length - 1) {
			return [];
		}

		throw new UserError(
			`${name} cannot be read at line ${position + 2}.`,
			'The file was changed or cut; record again.',
		);
	});
	return {header: header as RecordingHeader, lines};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isLine(line: RecordingLine | undefined): line is RecordingLine {
	return (
		typeof line === 'object' &&
		line !== null &&
		typeof line.t === 'number' &&
		('event' in line || 'evidence' in line)
	);
}
