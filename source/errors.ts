/** Bad input: printed as one sentence on stderr, exit code 2, never a stack trace. */
export class UserError extends Error {
	override readonly name = 'UserError';
	/** What to do about it: a sentence or a command. */
	readonly next: string | undefined;

	/** `message`: what was seen and what was expected. */
	constructor(message: string, next?: string) {
		super(message);
		this.next = next;
	}
}

/** Of what was thrown, which may be no error. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** What was to be read cannot be. `next`: what to do about it. */
export function unreadable(
	name: string,
	{code, message}: NodeJS.ErrnoException,
	next = 'Give the name of a file that can be read.',
): UserError {
	return new UserError(problems[code ?? '']?.(name) ?? `${name} cannot be read: ${code ?? message}.`, next);
}

const problems: Readonly<Record<string, (name: string) => string>> = {
	ENOENT: (name) => `There is no file ${name}.`,
	EISDIR: (name) => `${name} is a directory, and one file is expected.`,
	EACCES: (name) => `You may not read ${name}.`,
	// zlib: the input ended before the archive did.
	Z_BUF_ERROR: (name) => `${name} ends before the archive does: it was cut off.`,
};
