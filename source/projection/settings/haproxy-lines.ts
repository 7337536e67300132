/**
What lines of HAProxy's own language do, in the words of the language alone: `http-request deny deny_status 404 if`. Conditions, headers
and values are of the user, and are not kept.
*/
export function haproxyLines(text: string): string {
	return text
		.split('\n')
		.flatMap((line) => {
			const {rule, action, status} = form.exec(line)?.groups ?? {};
			const isConditional = /\s(?:if|unless)\s/u.test(line);
			const words = [rule, action, status && `deny_status ${status}`, isConditional && 'if'];
			return rule ? [words.filter(Boolean).join(' ')] : [];
		})
		.join('; ');
}

const form =
	/^\s*(?<rule>http-request|tcp-request|redirect|use-server)\s+(?<action>[a-z][\w\-]*)(?:\s+(?:deny_status|status)\s+(?<status>\d+))?/v;
