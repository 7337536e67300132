import {createReadStream, type Stats} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {extract} from 'tar-stream';
import {unreadable, UserError} from '../../errors.ts';

/** One file with objects, of a directory or an archive. */
type InputFile = {
	readonly name: string;
	readonly text: string;
	/** It is in an archive: no other program finds it by its name. */
	readonly isPacked: boolean;
};

/** Against archives that unpack to more than a machine has. */
export type Limits = {
	/** Bytes of everything unpacked, and of one file (a text has at most 512 MiB in V8). */
	readonly unpacked: number;
	readonly file: number;
	/** Files of a directory or an archive. */
	readonly files: number;
	/** Archives in archives: a .tar.gz is two. */
	readonly depth: number;
};

export const limits: Limits = {unpacked: 2 ** 32, file: 2 ** 29 - 64, files: 200_000, depth: 5};

/** In directories and archives only these are read: bundles are full of logs. */
const isWanted = /\.(?:ya?ml|jsonl?|ndjson|tgz|tar)(?:\.gz)?$/iu;

type Reading = {
	readonly limits: Limits;
	unpacked: number;
	files: number;
};

/**
The files that a name stands for: `-` is standard input, a directory is read with all below it, gzip and tar are told by
their content. Throws `UserError` where a name leads nowhere or to more than the limits allow.
*/
export async function* inputFiles(name: string, allowed: Limits = limits): AsyncGenerator<InputFile> {
	const reading: Reading = {limits: allowed, unpacked: 0, files: 0};
	if (name === '-') {
		yield* unpack(process.stdin, {name: 'standard input', depth: 0}, reading);
		return;
	}

	const found = await verifyInput(name);
	for (const file of found.isDirectory() ? await filesBelow(name, allowed) : [name]) {
		yield* unpack(createReadStream(file), {name: file, depth: 0}, reading);
	}
}

/** What is known of a file or directory. Throws `UserError` where there is none. */
export async function verifyInput(name: string): Promise<Stats> {
	return stat(name).catch(() => {
		throw new UserError(`There is no file ${name}.`, insteadOf(name));
	});
}

function insteadOf(name: string): string {
	if (/^https?:\/\//u.test(name)) {
		return 'knet loads nothing from a URL: pipe it in, as in curl -L URL | knet scan -f -.';
	}

	return name.includes(',')
		? `For several files, repeat the flag: ${name
				.split(',')
				.map((file) => `-f ${file}`)
				.join(' ')}.`
		: 'Give a file, directory or archive with manifests, or - for standard input.';
}

/** Symbolic links are not followed: they may lead round in a circle. */
async function filesBelow(name: string, {files}: Limits): Promise<readonly string[]> {
	const entries = await readdir(name, {recursive: true, withFileTypes: true});
	if (entries.length > files) {
		throw new UserError(`${name} holds more than ${files} files.`, 'Give a directory further down.');
	}

	return entries
		.filter((entry) => entry.isFile() && isWanted.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.toSorted();
}

type Place = {readonly name: string; readonly depth: number};

/** Every file within a stream of bytes. */
async function* unpack(
	source: AsyncIterable<unknown>,
	place: Place,
	reading: Reading,
): AsyncGenerator<InputFile> {
	const {head, rest} = await withHead(source, place.name);
	if (isGzip(head)) {
		yield* unpack(counted(gunzip(rest), reading, place.name), inside(place, reading), reading);
	} else if (isTar(head)) {
		yield* entriesOf(rest, inside(place, reading), reading);
	} else {
		const text = await textOf(rest, place.name, reading);
		yield {name: place.name, text, isPacked: place.depth > 0};
	}
}

function inside({name, depth}: Place, {limits: {depth: deepest}}: Reading): Place {
	if (depth >= deepest) {
		throw new UserError(`${name} holds archives in archives, more than ${deepest} deep.`);
	}

	return {name, depth: depth + 1};
}

async function* entriesOf(
	source: AsyncIterable<Buffer>,
	{name, depth}: Place,
	reading: Reading,
): AsyncGenerator<InputFile> {
	const tar = extract();
	const packed = Readable.from(source);
	packed.on('error', (error) => tar.destroy(error));
	packed.pipe(tar);
	try {
		for await (const entry of tar) {
			reading.files++;
			if (reading.files > reading.limits.files) {
				throw new UserError(`${name} holds more than ${reading.limits.files} files.`, aPart);
			}

			if (entry.header.type === 'file' && isWanted.test(entry.header.name)) {
				yield* unpack(entry, {name: `${name}/${entry.header.name}`, depth}, reading);
			}

			entry.resume();
		}
	} catch (error) {
		throw readError(name, error);
	}
}

const aPart = 'Unpack it, and give the part with the objects.';

function gunzip(source: AsyncIterable<Buffer>): Readable {
	const unzipped = createGunzip();
	const packed = Readable.from(source);
	packed.on('error', (error) => unzipped.destroy(error));
	return packed.pipe(unzipped);
}

/** Counts also what is not read: the logs of a bundle are unpacked too. */
async function* counted(
	source: AsyncIterable<Buffer>,
	reading: Reading,
	name: string,
): AsyncGenerator<Buffer> {
	try {
		for await (const chunk of source) {
			reading.unpacked += chunk.length;
			if (reading.unpacked > reading.limits.unpacked) {
				throw new UserError(`${name} unpacks to more than ${inMebibytes(reading.limits.unpacked)}.`, aPart);
			}

			yield chunk;
		}
	} catch (error) {
		throw readError(name, error);
	}
}

async function textOf(
	source: AsyncIterable<Buffer>,
	name: string,
	{limits: {file}}: Reading,
): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of source) {
		size += chunk.length;
		if (size > file) {
			throw new UserError(
				`${name} is larger than ${inMebibytes(file)}.`,
				'Give it in parts, one kind a file.',
			);
		}

		chunks.push(chunk);
	}

	return decoded(Buffer.concat(chunks));
}

/** Windows PowerShell writes UTF-16 where a command's output goes into a file (`kubectl get … > dump.yaml`). */
function decoded(bytes: Buffer): string {
	const mark = bytes.toString('hex', 0, 2);
	const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : undefined;
	return encoding ? new TextDecoder(encoding).decode(bytes) : bytes.toString('utf8');
}

function inMebibytes(bytes: number): string {
	return `${Math.round(bytes / 2 ** 20)} MiB`;
}

/** A tar header is 512 bytes, with its magic at 257. Source: POSIX.1-2017, pax. */
const headLength = 512;

async function withHead(
	source: AsyncIterable<unknown>,
	name: string,
): Promise<{readonly head: Buffer; readonly rest: AsyncIterable<Buffer>}> {
	const iterator = source[Symbol.asyncIterator]();
	let head: Buffer = Buffer.alloc(0);
	let isDone = false;
	try {
		while (head.length < headLength && !isDone) {
			const {value, done} = await iterator.next();
			isDone = done === true;
			head = isDone ? head : Buffer.concat([head, value as Buffer]);
		}
	} catch (error) {
		throw readError(name, error);
	}

	const rest = async function* (): AsyncGenerator<Buffer> {
		yield head;
		if (!isDone) {
			yield* {[Symbol.asyncIterator]: () => iterator} as AsyncIterable<Buffer>;
		}
	};
	return {head, rest: rest()};
}

function isGzip(head: Buffer): boolean {
	return head[0] === 0x1f && head[1] === 0x8b;
}

function isTar(head: Buffer): boolean {
	return head.toString('latin1', 257, 262) === 'ustar';
}

function readError(name: string, error: unknown): unknown {
	return error instanceof UserError ? error : unreadable(name, error as NodeJS.ErrnoException);
}
