import {spawn} from 'node:child_process';
import {mkdir, rm, stat, writeFile} from 'node:fs/promises';
import {isSea} from 'node:sea';
import {join} from 'node:path';
import {ownPathsOf} from '../../config/own-paths.ts';

/** Variable that tells a process that it runs in the background: nobody waits for its answer. */
export const inBackground = 'KNET_COMPLETE_IN_BACKGROUND';

/** It ends by itself before this. Milliseconds. */
const longest = 15_000;

/** Runs the same command line once more in the background. One at a time: a cluster that is dead is asked every ten seconds at most. */
export async function askLater(env: NodeJS.ProcessEnv): Promise<void> {
	if (await takeLock(env)) {
		spawn(process.execPath, process.argv.slice(isSea() ? 2 : 1), {
			env: {...env, [inBackground]: '1'},
			detached: true,
			stdio: 'ignore',
			windowsHide: true,
		})
			.on('error', () => {})
			.unref();
	}
}

/** Lets the next one run. */
export async function endBackground(env: NodeJS.ProcessEnv): Promise<void> {
	await rm(lockOf(env), {force: true});
}

/** False where another one runs. */
async function takeLock(env: NodeJS.ProcessEnv): Promise<boolean> {
	const file = lockOf(env);
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

function lockOf(env: NodeJS.ProcessEnv): string {
	return join(ownPathsOf(env).cache, 'lock');
}
