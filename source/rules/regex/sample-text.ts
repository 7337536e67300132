import {regexSize} from './regex-size.ts';
import {testRegex} from './regex.ts';

/**
A text made from the pattern of a regular expression: as few repeats as it allows, and the first of its alternatives. Whoever asks tests
whether the pattern takes it. Undefined: no text was found, or one too long for a request.
*/
export function sampleText(pattern: string): string | undefined {
	if (pattern.length > longestPattern || regexSize(pattern) > largestPattern) {
		return undefined;
	}

	const read: Reader = {pattern, at: 0};
	const text = alternatives(read);
	return text === undefined || read.at < pattern.length ? undefined : text;
}

type Reader = {readonly pattern: string; at: number};

/** A group inside a group is a call inside a call: so many are far from what the stack holds. */
const longestPattern = 500;

/** In instructions of the compiled pattern. Callers compile a pattern to test its sample: thousands of large ones take minutes. */
const largestPattern = 1000;

/** Repeats of repeats multiply: five times {100} ask for ten thousand million characters. */
const longestText = 2000;

function alternatives(read: Reader): string | undefined {
	const first = sequence(read);
	let text = first;
	while (text !== undefined && peek(read) === '|') {
		read.at += 1;
		text = sequence(read) === undefined ? undefined : first;
	}

	return text;
}

function sequence(read: Reader): string | undefined {
	let text = '';
	while (read.at < read.pattern.length && peek(read) !== '|' && peek(read) !== ')') {
		const one = atom(read);
		const times = repeats(read);
		if (one === undefined || text.length + one.length * times > longestText) {
			return undefined;
		}

		text += one.repeat(times);
	}

	return text;
}

function peek({pattern, at}: Reader): string {
	return pattern.charAt(at);
}

/** Reads one character, class or group. Undefined: RE2 has no meaning for it, such as look-around. */
function atom(read: Reader): string | undefined {
	const rest = read.pattern.slice(read.at);
	const [whole, open, bracket, escape] =
		/^(\((?:\?(?:[a-z]*:|P?<\w+>))?)|^(\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\])|^\\(.)|^[^*+?{]/su.exec(rest) ??
		[];
	if (whole === undefined) {
		return undefined;
	}

	read.at += whole.length;
	if (open !== undefined) {
		return group(read);
	}

	return bracket === undefined ? (escape === undefined ? plain(whole) : escaped(escape)) : member(bracket);
}

function group(read: Reader): string | undefined {
	const text = alternatives(read);
	const isClosed = peek(read) === ')';
	read.at += 1;
	return isClosed ? text : undefined;
}

function plain(character: string): string {
	return character === '^' || character === '$' ? '' : character === '.' ? 'a' : character;
}

const classes: Readonly<Record<string, string>> = {
	d: '1',
	w: 'a',
	s: ' ',
	D: 'a',
	W: '-',
	S: 'a',
	b: '',
	A: '',
	z: '',
};

function escaped(character: string): string {
	return classes[character] ?? character;
}

/** The first of some usual characters that the class holds. */
function member(bracket: string): string | undefined {
	return ['a', '1', 'A', '-', '_', '.', '/', ' ', bracket.charAt(1)].find(
		(character) => testRegex(bracket, character, {whole: true}) === 'matches',
	);
}

/** How many times the atom before must at least be there. */
function repeats(read: Reader): number {
	const [whole = '', least] = /^(?:[*?+]|\{(\d+)(?:,\d*)?\})\??/u.exec(read.pattern.slice(read.at)) ?? [];
	read.at += whole.length;
	return whole === '' || whole.startsWith('+') ? 1 : Math.min(Number(least ?? 0), longestText + 1);
}
