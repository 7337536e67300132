import {UserError} from '../../errors.ts';
import {formerOwnApi, ownApi} from '../../model/own-api.ts';
import type {RecordingHeader, RecordingLine} from './recording.ts';
import {Misshapen} from './shape.ts';
import {readHeader, readLine} from './shapes-of-recording.ts';

export type Recording = {readonly header: RecordingHeader; readonly lines: readonly RecordingLine[]};

/**
Reads a recording, which somebody else may have made: its text is made safe again, and what has no place in it is left out.
Throws `UserError` naming the line that is none; a last line that was cut off is left out.
*/
export function readRecording(content: string, name: string): Recording {
	const [first = '', ...rest] = content.split('\n');
	const begin = parse(first);
	const isRecording = (begin as {kind?: unknown} | undefined | null)?.kind === 'Recording';
	if (!isRecording) {
		throw new UserError(`${name} is not a recording of knet.`, 'knet record FILE makes one.');
	}

	const written = rest.at(-1) === '' ? rest.slice(0, -1) : rest;
	return {
		header: shaped(readHeader, withOwnApi(begin), `${name} cannot be read at line 1`),
		lines: written.flatMap((text, position) => {
			const line = parse(text);
			const isCut = line === undefined && position === written.length - 1;
			return isCut ? [] : [shaped(readLine, line, `${name} cannot be read at line ${position + 2}`)];
		}),
	};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Earlier versions named the API group otherwise. */
function withOwnApi(header: unknown): unknown {
	const {apiVersion} = header as {readonly apiVersion?: unknown};
	return apiVersion === formerOwnApi ? {...(header as object), apiVersion: ownApi} : header;
}

function shaped<T>(read: (value: unknown) => T, value: unknown, place: string): T {
	try {
		return read(value);
	} catch (error) {
		if (error instanceof Misshapen) {
			throw new UserError(
				`${place}: ${error.message.replace(/^ /u, 'it ').replace(/^\./u, '')}.`,
				'The file was changed, cut or made by another version of knet; record again.',
			);
		}

		throw error;
	}
}
