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
