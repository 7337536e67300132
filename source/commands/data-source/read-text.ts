import {readFile} from 'node:fs/promises';
import {UserError} from '../../errors.ts';

/** The text of a file that a user named. */
export async function readText(name: string): Promise<string> {
	try {
		return await readFile(name, 'utf8');
	} catch (error) {
		throw new UserError(
			`${name} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}.`,
		);
	}
}
