import {readFile} from 'node:fs/promises';
import {unreadable} from '../../errors.ts';

/** The text of a file that a user named. */
export async function readText(name: string): Promise<string> {
	try {
		return await readFile(name, 'utf8');
	} catch (error) {
		throw unreadable(name, error as NodeJS.ErrnoException);
	}
}
