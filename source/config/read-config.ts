import {readFile, stat} from 'node:fs/promises';
import {unreadable} from '../errors.ts';
import type {Config} from './config.ts';
import {ownPathsOf} from './own-paths.ts';

/** `codes`: read only where there is a configuration, as the catalogue is large. */
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

/** Whether its folder is closed to this process, as where HOME is /root and the user is another. Then there is no configuration, as with Git. */
async function isOutOfReach(file: string): Promise<boolean> {
	return stat(file).then(
		() => false,
		({code}: NodeJS.ErrnoException) => code === 'EACCES',
	);
}
