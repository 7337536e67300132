import {memoizeText} from '../../memoize.ts';

/** A rule of Traefik as a tree: pkg/rules/parser.go. */
export type RuleTree =
	| {readonly type: 'and' | 'or'; readonly left: RuleTree; readonly right: RuleTree}
	| {readonly type: 'not'; readonly of: RuleTree}
	| {readonly type: 'call'; readonly name: string; readonly values: readonly string[]};

/** The tree of a rule; undefined where it cannot be read, and Traefik makes no router of it. */
export const parseRule = memoizeText((text: string): RuleTree | undefined => {
	const {tokens, end} = tokensOf(text);
	const read = end === text.length ? readOr({tokens, at: 0, depth: 0}) : undefined;
	return read && read.next === tokens.length ? read.tree : undefined;
});

/** Why `parseRule` does not read a text: where it stops to be a rule. It can follow the word `because`. */
export function whyNotRead(text: string): string {
	const {tokens, end} = tokensOf(text);
	const stop = text[end];
	if (stop !== undefined) {
		return stop === "'"
			? "its match has ' where Traefik expects a backtick"
			: `its match cannot be read from character ${end + 1} on`;
	}

	const token = tokens[readOr({tokens, at: 0, depth: 0})?.next ?? tokens.length];
	return token?.type === 'word'
		? `its match has ${token.value} where Traefik expects && or ||`
		: 'its match cannot be read as a rule';
}

type Token = {readonly type: 'word' | 'text' | 'sign'; readonly value: string};

/** A rule is a Go expression of calls: texts stand in backticks, or in double quotes with escapes. */
const part =
	/\s+|(?<word>[A-Za-z_]\w*)|`(?<raw>[^`]*)`|"(?<quoted>(?:[^"\\]|\\.)*)"|(?<sign>&&|\|\||[!(),])/gsuy;

const longestRule = 10_000;

/** `end`: the tokens are read up to this place. It is the end of the text where all is read. */
function tokensOf(text: string): {readonly tokens: readonly Token[]; readonly end: number} {
	const tokens: Token[] = [];
	let end = 0;
	while (end < Math.min(text.length, longestRule)) {
		part.lastIndex = end;
		const groups = part.exec(text)?.groups;
		if (!groups) {
			break;
		}

		end = part.lastIndex;
		const {word, raw, quoted, sign} = groups;
		if (word !== undefined) {
			tokens.push({type: 'word', value: word});
		} else if (sign !== undefined) {
			tokens.push({type: 'sign', value: sign});
		} else if (raw !== undefined || quoted !== undefined) {
			tokens.push({type: 'text', value: raw ?? unescaped(quoted ?? '')});
		}
	}

	return {tokens, end};
}

const escapes: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r'};

function unescaped(text: string): string {
	return text.replaceAll(/\\(.)/gsu, (_, character: string) => escapes[character] ?? character);
}

type Position = {readonly tokens: readonly Token[]; readonly at: number; readonly depth: number};
type Read = {readonly tree: RuleTree; readonly next: number};

/** Parentheses of programs, not of people, go deeper. */
const deepest = 100;

function readOr(position: Position): Read | undefined {
	return readChain(position, {sign: '||', type: 'or', inner: readAnd});
}

function readAnd(position: Position): Read | undefined {
	return readChain(position, {sign: '&&', type: 'and', inner: readOne});
}

type Chain = {
	readonly sign: string;
	readonly type: 'and' | 'or';
	readonly inner: (position: Position) => Read | undefined;
};

function readChain(position: Position, {sign, type, inner}: Chain): Read | undefined {
	let read = inner(position);
	while (read && isSign(position.tokens[read.next], sign)) {
		const right = inner({...position, at: read.next + 1});
		read = right && {tree: {type, left: read.tree, right: right.tree}, next: right.next};
	}

	return read;
}

function readOne(position: Position): Read | undefined {
	const {tokens, at, depth} = position;
	const token = tokens[at];
	if (depth > deepest) {
		return undefined;
	}

	if (isSign(token, '!')) {
		const read = readOne({...position, at: at + 1, depth: depth + 1});
		return read && {tree: {type: 'not', of: read.tree}, next: read.next};
	}

	if (isSign(token, '(')) {
		const read = readOr({...position, at: at + 1, depth: depth + 1});
		return read && isSign(tokens[read.next], ')') ? {...read, next: read.next + 1} : undefined;
	}

	return token?.type === 'word' && isSign(tokens[at + 1], '(') ? readCall(position, token.value) : undefined;
}

function readCall({tokens, at}: Position, name: string): Read | undefined {
	const values: string[] = [];
	let next = at + 2;
	while (tokens[next]?.type === 'text') {
		values.push(tokens[next]?.value ?? '');
		next += isSign(tokens[next + 1], ',') ? 2 : 1;
	}

	return isSign(tokens[next], ')') && values.length > 0 && !values.includes('')
		? {tree: {type: 'call', name: name.toLowerCase(), values}, next: next + 1}
		: undefined;
}

function isSign(token: Token | undefined, value: string): boolean {
	return token?.type === 'sign' && token.value === value;
}
