import {readFile, stat} from 'node:fs/promises';
import {unreadable} from '../errors.ts';
import type {Config} from './config.ts';
import {ownPathsOf} from './own-paths.ts';

/** The catalogue is large, and who has no configuration does not need it. */
type LazyNames = {readonly commands: readonly string[]; readonly codes: () => Promise<readonly string[]>};

/** The configuration of whoever runs knet; nothing where there is no file. Rejects with `UserError`. */
export async function readConfig(env: NodeJS.ProcessEnv, names?: LazyNames): Promise<Config> {
	const file = ownPathsOf(env).config;
	const content = await readFile(file, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || (await isOutOfReach(file))) {
			return '';
		}

		throw unreadable(file, error, 'Make it a file that can be read, or remove it.');
	});
	if (content === '') {
		return {};
	}

	// It brings a reader of YAML, which who has no configuration does not wait for.
	const {parseConfig} = await import('./parse-config.ts');
	return parseConfig(content, file, names && {...names, codes: await names.codes()});
}

/** In a folder of somebody else, as where HOME is root's and the process is not: no configuration of this person. Git takes it so, too. */
async function isOutOfReach(file: string): Promise<boolean> {
	return stat(file).then(
		() => false,
		({code}: NodeJS.ErrnoException) => code === 'EACCES',
	);
}
