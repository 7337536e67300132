/** The part of a message that says what the client gets: `: the client gets 404`, ` (the client gets 503)`. A sentence or a hint follows. */
const answer = / \(the client gets \d+\)|[:;] the client (?:gets \d+|is refused)(?=[.;])/u;

/** A finding's message for several requests, which get different answers. */
export function withoutAnswer(message: string): string {
	return message.replace(answer, '');
}
