import {testRegex} from './regex.ts';

/** A text that a regular expression takes, made from its pattern: the shortest reading, the first alternative. Callers compare it. */
export function sampleText(pattern: string): string | undefined {
	const read: Reader = {pattern, at: 0};
	const text = alternatives(read);
	return text === undefined || read.at < pattern.length ? undefined : text;
}

type Reader = {readonly pattern: string; at: number};

/** Of the length of a pattern that somebody may write, and far from what a stack holds. */
const longest = 500;

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
		const one = read.pattern.length > longest ? undefined : atom(read);
		if (one === undefined) {
			return undefined;
		}

		text += one.repeat(repeats(read));
	}

	return text;
}

function peek({pattern, at}: Reader): string {
	return pattern.charAt(at);
}

/** What stands at this place, read past. Undefined: what has no meaning in RE2. */
function atom(read: Reader): string | undefined {
	const rest = read.pattern.slice(read.at);
	const [whole, open, bracket, escape] =
		/^(\((?:\?(?:[a-z]*:|P?<\w+>))?)|^(\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\])|^\\(.)|^[^*+?{]/su.exec(rest) ??
		[];
	if (whole === undefined || rest.startsWith('(?=') || rest.startsWith('(?!')) {
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

/** How often the atom before must stand there: at least so often. */
function repeats(read: Reader): number {
	const [whole = '', least] = /^(?:[*?+]|\{(\d+)(?:,\d*)?\})\??/u.exec(read.pattern.slice(read.at)) ?? [];
	read.at += whole.length;
	return whole === '' || whole.startsWith('+') ? 1 : Math.min(Number(least ?? 0), 100);
}
