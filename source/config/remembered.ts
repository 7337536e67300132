import {mkdir, readFile, rename, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import type {Pin, Pins} from '../model/pin.ts';

/** Pins of the runs before. A file that is not there, or that another program wrote over, holds none. */
export async function readPins(file: string): Promise<Pins> {
	const content = await readFile(file, 'utf8').catch(() => '{}');
	const pins = pinsIn(content);
	return Object.fromEntries(
		Object.entries(isObject(pins) ? pins : {}).map(([context, list]) => [
			context,
			Array.isArray(list) ? list.filter(isPin) : [],
		]),
	);
}

/** Keeps the pins of one context. Writes that come while one is under way follow it: each begins with what is in the file. */
export function pinWriter(file: string): (context: string, pins: readonly Pin[]) => Promise<void> {
	let last: Promise<void> = Promise.resolve();
	return (context, pins) => {
		const write = (): Promise<void> => writePins(file, context, pins);
		last = last.then(write, write);
		return last;
	};
}

/** Those of other contexts may have come from another run meanwhile. */
async function writePins(file: string, context: string, pins: readonly Pin[]): Promise<void> {
	const kept = {...(await readPins(file)), [context]: pins.length > 0 ? pins : undefined};
	await mkdir(dirname(file), {recursive: true, mode: 0o700});
	// Another run that reads meanwhile sees the old file or the new one, whole.
	const draft = `${file}.${process.pid}`;
	await writeFile(draft, `${JSON.stringify({pins: kept}, undefined, '\t')}\n`, {mode: 0o600});
	await rename(draft, file);
}

function pinsIn(content: string): unknown {
	try {
		const state: unknown = JSON.parse(content);
		return isObject(state) ? state['pins'] : undefined;
	} catch {
		return undefined;
	}
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPin(value: unknown): value is Pin {
	return (
		isObject(value) &&
		['id', 'title', 'namespace', 'target'].every((field) => typeof value[field] === 'string')
	);
}
