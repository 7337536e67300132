import type {SessionState} from '../../session/state.ts';
import {promptWords} from './prompt-words.ts';

export const promptNames: readonly string[] = promptWords.map(({word}) => word);

/** What may be meant by what was typed so far after `:`, the likeliest first. */
export function suggestions(text: string, session: SessionState): readonly string[] {
	if (text === '') {
		return promptNames;
	}

	const [word, rest] = wordAndRest(text);
	const candidates =
		rest === undefined
			? [...promptNames, ...session.entries.map(spelling)]
			: argumentsOf(word, session).map((name) => `${word} ${name}`);
	return [...new Set(candidates)]
		.filter((candidate) => candidate !== text && candidate.startsWith(text))
		.slice(0, 8);
}

/** One for each entry: a URL as it is opened, an object as it is listed. */
function spelling({target, title}: SessionState['entries'][number]): string {
	return /^https?:/u.test(target) ? target : title;
}

function argumentsOf(word: string, session: SessionState): readonly string[] {
	switch (word) {
		case 'ns':
		case 'svc':
		case 'ing':
		case 'gw':
		case 'route':
			return ['all', ...session.namespaces];
		case 'ctx':
			return session.contexts.map(({name}) => name);
		case 'crossing':
			return ['node/', 'pod/'];
		case 'from':
			return ['external', 'node/', 'pod/'];
		case 'method':
			return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
		default:
			return [];
	}
}

export function wordAndRest(text: string): readonly [string, string | undefined] {
	const space = text.indexOf(' ');
	return space < 0 ? [text, undefined] : [text.slice(0, space), text.slice(space + 1)];
}
