/** A regular expression as a tree. Only what RE2 has and what one pass over the text can decide. */
export type Node =
	| {readonly type: 'set'; readonly has: (code: number) => boolean}
	| {readonly type: 'assert'; readonly at: 'start' | 'end' | 'word' | 'no-word'}
	| {readonly type: 'cat'; readonly items: readonly Node[]}
	| {readonly type: 'or'; readonly items: readonly Node[]}
	| {readonly type: 'repeat'; readonly item: Node; readonly min: number; readonly max: number};

type State = {readonly text: string; at: number; readonly ignoreCase: boolean};

/** Parses RE2 syntax (Go regexp/syntax). Undefined: not valid there, or of a kind that is not read here. */
export function parseRegex(pattern: string): Node | undefined {
	const flags = /^\(\?(?<set>[ims]+)\)/v.exec(pattern);
	const state: State = {
		text: pattern,
		at: flags?.[0].length ?? 0,
		ignoreCase: flags?.groups?.['set']?.includes('i') ?? false,
	};
	try {
		const node = alternatives(state);
		return state.at === pattern.length ? node : undefined;
	} catch (error) {
		if (error instanceof NotRegex) {
			return undefined;
		}

		throw error;
	}
}

class NotRegex extends Error {}

function alternatives(state: State): Node {
	const items = [sequence(state)];
	while (state.text[state.at] === '|') {
		state.at++;
		items.push(sequence(state));
	}

	return items.length === 1 ? items[0]! : {type: 'or', items};
}

function sequence(state: State): Node {
	const items: Node[] = [];
	while (state.at < state.text.length && !'|)'.includes(state.text[state.at]!)) {
		items.push(repeated(state, atom(state)));
	}

	return {type: 'cat', items};
}

function repeated(state: State, item: Node): Node {
	const rest = state.text.slice(state.at);
	const found = /^(?:[*+?]|\{(?<min>\d{1,4})(?<comma>,(?<max>\d{0,4}))?\})\??/v.exec(rest);
	if (!found) {
		return item;
	}

	state.at += found[0].length;
	if (/^[*+?]/v.test(state.text.slice(state.at))) {
		throw new NotRegex('a repetition of a repetition');
	}

	const {min, max} = bounds(found);
	if (min > max || min > 1000 || (max !== Infinity && max > 1000)) {
		throw new NotRegex('repeat count');
	}

	return {type: 'repeat', item, min, max};
}

function bounds(found: RegExpExecArray): {readonly min: number; readonly max: number} {
	switch (found[0].charAt(0)) {
		case '*':
			return {min: 0, max: Infinity};
		case '+':
			return {min: 1, max: Infinity};
		case '?':
			return {min: 0, max: 1};
		default: {
			const min = Number(found.groups?.['min']);
			const {comma, max} = found.groups ?? {};
			return {min, max: comma === undefined ? min : max ? Number(max) : Infinity};
		}
	}
}

function atom(state: State): Node {
	const char = state.text[state.at]!;
	state.at++;
	switch (char) {
		case '(':
			return group(state);
		case '[':
			return charClass(state);
		case '\\':
			return escape(state);
		case '.':
			return {type: 'set', has: (code) => code !== 10};
		case '^':
			return {type: 'assert', at: 'start'};
		case '$':
			return {type: 'assert', at: 'end'};
		case '*':
		case '+':
		case '?':
			throw new NotRegex('nothing to repeat');
		default:
			return literal(state, char);
	}
}

function literal({ignoreCase}: State, char: string): Node {
	const codes = ignoreCase
		? [char.toLowerCase().charCodeAt(0), char.toUpperCase().charCodeAt(0)]
		: [char.charCodeAt(0)];
	return {type: 'set', has: (code) => codes.includes(code)};
}

/** `(…)`, `(?:…)` and named groups. RE2 has no look-around. */
function group(state: State): Node {
	const head = /^\?(?::|P?<\w+>)/v.exec(state.text.slice(state.at));
	if (!head && state.text[state.at] === '?') {
		throw new NotRegex('no such group');
	}

	state.at += head?.[0].length ?? 0;
	const node = alternatives(state);
	if (state.text[state.at] !== ')') {
		throw new NotRegex('missing )');
	}

	state.at++;
	return node;
}

const isDigit = (code: number) => code >= 48 && code <= 57;
const isWord = (code: number) =>
	isDigit(code) || code === 95 || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isSpace = (code: number) => [9, 10, 12, 13, 32].includes(code);

/** Whether a word character of RE2 (ASCII only). */
export const isWordCode = isWord;

const named: Readonly<Record<string, (code: number) => boolean>> = {
	d: isDigit,
	w: isWord,
	s: isSpace,
	D: (code) => !isDigit(code),
	W: (code) => !isWord(code),
	S: (code) => !isSpace(code),
};

const controls: Readonly<Record<string, number>> = {n: 10, t: 9, r: 13, f: 12, v: 11, a: 7};

function escape(state: State): Node {
	const char = state.text.charAt(state.at);
	state.at++;
	switch (char) {
		case 'A':
			return {type: 'assert', at: 'start'};
		case 'z':
			return {type: 'assert', at: 'end'};
		case 'b':
			return {type: 'assert', at: 'word'};
		case 'B':
			return {type: 'assert', at: 'no-word'};
		default: {
			const has = named[char];
			return has ? {type: 'set', has} : literal(state, String.fromCharCode(escaped(char)));
		}
	}
}

/** The code of an escaped character; letters and digits that RE2 gives no meaning are errors there. */
function escaped(char: string): number {
	const control = controls[char];
	if (control !== undefined) {
		return control;
	}

	if (char === '' || /[0-9A-Za-z]/v.test(char)) {
		throw new NotRegex('escape');
	}

	return char.charCodeAt(0);
}

function charClass(state: State): Node {
	const negated = state.text[state.at] === '^';
	state.at += negated ? 1 : 0;
	const parts: ((code: number) => boolean)[] = [];
	let first = true;
	while (first || state.text[state.at] !== ']') {
		first = false;
		parts.push(classPart(state));
	}

	state.at++;
	const inside = (code: number) => parts.some((part) => part(code));
	const folded = state.ignoreCase ? foldCase(inside) : inside;
	return {type: 'set', has: negated ? (code) => !folded(code) : folded};
}

function foldCase(has: (code: number) => boolean): (code: number) => boolean {
	return (code) => {
		const char = String.fromCharCode(code);
		return has(char.toLowerCase().charCodeAt(0)) || has(char.toUpperCase().charCodeAt(0));
	};
}

function classPart(state: State): (code: number) => boolean {
	const from = classChar(state);
	if (typeof from === 'function') {
		return from;
	}

	if (state.text[state.at] !== '-' || [']', undefined].includes(state.text[state.at + 1])) {
		return (code) => code === from;
	}

	state.at++;
	const to = classChar(state);
	if (typeof to === 'function' || to < from) {
		throw new NotRegex('range');
	}

	return (code) => code >= from && code <= to;
}

function classChar(state: State): number | ((code: number) => boolean) {
	const char = state.text[state.at];
	state.at++;
	if (char === undefined || (char === '[' && state.text[state.at] === ':')) {
		throw new NotRegex('class');
	}

	if (char !== '\\') {
		return char.charCodeAt(0);
	}

	const next = state.text.charAt(state.at);
	state.at++;
	return named[next] ?? escaped(next);
}
