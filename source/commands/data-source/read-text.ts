import {readFile} from 'node:fs/promises';
import {UserError} from '../../errors.ts';

/** The text of a file that a user named. */
export async function readText(name: string): Promise<string> {
	try {
		return await readFile(name, 'utf8');
	} catch (error) {
		const {code = 'unknown error'} = error as NodeJS.ErrnoException;
		throw new UserError(
			problems[code]?.(name) ?? `${name} cannot be read: ${code}.`,
			'Give the name of a file that can be read.',
		);
	}
}

const problems: Readonly<Record<string, (name: string) => string>> = {
	ENOENT: (name) => `There is no file ${name}.`,
	EISDIR: (name) => `${name} is a directory, and one file is expected.`,
	EACCES: (name) => `You may not read ${name}.`,
};
