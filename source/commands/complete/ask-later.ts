import {spawn} from 'node:child_process';
import {mkdir, readdir, rm, stat, writeFile} from 'node:fs/promises';
import {isSea} from 'node:sea';
import {join} from 'node:path';
import {placesOf} from '../../config/places.ts';

/** Tells a process that nobody waits for its answer. */
export const behind = 'KNET_COMPLETES_BEHIND';

/** It ends by itself before this. Milliseconds. */
const longest = 15_000;
const day = 24 * 60 * 60 * 1000;

/** The same command line once more, in a process for which nobody waits. One at a time: a cluster that is dead is asked now and then only. */
export async function askLater(env: NodeJS.ProcessEnv): Promise<void> {
	if (await claim(env)) {
		spawn(process.execPath, process.argv.slice(isSea() ? 2 : 1), {
			env: {...env, [behind]: '1'},
			detached: true,
			stdio: 'ignore',
			windowsHide: true,
		})
			.on('error', () => {})
			.unref();
	}
}

/** Makes room for the next, and forgets what nobody asked for since yesterday. */
export async function endBehind(env: NodeJS.ProcessEnv): Promise<void> {
	const names = join(placesOf(env).cache, 'names');
	const files = await readdir(names).catch(() => []);
	await Promise.all(
		files.map(async (file) =>
			(await isOlder(join(names, file), day)) ? rm(join(names, file), {force: true}) : undefined,
		),
	);
	await rm(claimOf(env), {force: true});
}

async function claim(env: NodeJS.ProcessEnv): Promise<boolean> {
	const file = claimOf(env);
	try {
		if (await isOlder(file, longest)) {
			await rm(file, {force: true});
		}

		await mkdir(join(file, '..'), {recursive: true, mode: 0o700});
		await writeFile(file, '', {flag: 'wx', mode: 0o600});
		return true;
	} catch {
		return false;
	}
}

async function isOlder(file: string, age: number): Promise<boolean> {
	return stat(file).then(
		({mtimeMs}) => Date.now() - mtimeMs > age,
		() => false,
	);
}

function claimOf(env: NodeJS.ProcessEnv): string {
	return join(placesOf(env).cache, 'asking');
}
