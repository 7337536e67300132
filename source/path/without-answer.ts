/** What the client gets, as findings of rules say it: `: the client gets 404`, ` (the client gets 503)`. */
const answer = / \(the client gets \d+\)|[:;] the client (?:gets \d+|is refused)(?=\.)/u;

/** A finding's message for several requests, which get different answers. */
export function withoutAnswer(message: string): string {
	return message.replace(answer, '');
}
