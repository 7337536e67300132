import {readdir, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';

/** Names that are kept for longer are of no use. Milliseconds. */
const day = 24 * 60 * 60 * 1000;
/** Each question has a file, and each change of a kubeconfig asks anew: without a bound they would grow all day. */
const most = 100;

/** Deletes the names that are older than a day, and the oldest of too many. */
export async function tidyNames(directory: string): Promise<void> {
	const names = await readdir(directory).catch(() => []);
	const files = await Promise.all(
		names.map(async (name) => {
			const file = join(directory, name);
			return {file, writtenAt: (await stat(file).catch(() => undefined))?.mtimeMs ?? 0};
		}),
	);
	const newestFirst = files.toSorted((a, b) => b.writtenAt - a.writtenAt);
	const idle = newestFirst.filter(({writtenAt}, index) => index >= most || Date.now() - writtenAt > day);
	await Promise.all(idle.map(({file}) => rm(file, {force: true})));
}
