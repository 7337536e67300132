import {getSystemErrorMessage} from 'node:util';
import {UserError} from '../../errors.ts';

/** What was to be written cannot be. `what`: a file, or `The output`. */
export function writeError(what: string, {code, errno}: NodeJS.ErrnoException): UserError {
	const reason = errno === undefined ? undefined : getSystemErrorMessage(errno);
	const isDirectory = code === 'EISDIR';
	return new UserError(
		`${what} cannot be written: ${isDirectory ? 'it is a directory' : reason ? `${reason} (${code})` : code}.`,
		isDirectory ? 'Give the name of a file.' : undefined,
	);
}
