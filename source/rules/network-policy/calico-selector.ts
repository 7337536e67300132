import type {Labels} from '../../model/meta.ts';

/**
Whether a selector of Calico takes labels. Undefined: it cannot be read. Source: Calico's reference, selectors
(libcalico-go/lib/selector): `==`, `!=`, `in`, `not in`, `has()`, `contains`, `starts with`, `ends with`, `all()`, `!`, `&&`,
`||` and parentheses; `startswith` and `endswith` in one word as well. `global()` is not read: in a rule it means what has no namespace.
Nor are labels that Calico gives a pod of its namespace (`pcns.`) and service account (`pcsa.`).
*/
export function matchesCalicoSelector(text: string, labels: Labels): boolean | undefined {
	const tokens = tokensOf(text);
	if (!tokens) {
		return undefined;
	}

	if (tokens.length === 0) {
		return true;
	}

	const reader: Reader = {tokens, at: 0, labels};
	const answer = either(reader);
	return reader.at === tokens.length ? answer : undefined;
}

type Reader = {readonly tokens: readonly string[]; at: number; readonly labels: Labels};

const word = /\s*(&&|\|\||==|!=|!|\(|\)|\{|\}|,|'[^']*'|"[^"]*"|[\w./-]+)/uy;

function tokensOf(text: string): readonly string[] | undefined {
	const trimmed = text.trim();
	const tokens: string[] = [];
	word.lastIndex = 0;
	while (word.lastIndex < trimmed.length) {
		const [, token] = word.exec(trimmed) ?? [];
		if (token === undefined) {
			return undefined;
		}

		tokens.push(token);
	}

	return tokens;
}

function take(reader: Reader, ...wanted: readonly string[]): boolean {
	const fits = wanted.every((token, index) => reader.tokens[reader.at + index] === token);
	reader.at += fits ? wanted.length : 0;
	return fits;
}

function either(reader: Reader): boolean | undefined {
	let answer = all(reader);
	while (take(reader, '||')) {
		const other = all(reader);
		answer = answer === undefined || other === undefined ? undefined : answer || other;
	}

	return answer;
}

function all(reader: Reader): boolean | undefined {
	let answer = one(reader);
	while (take(reader, '&&')) {
		const other = one(reader);
		answer = answer === undefined || other === undefined ? undefined : answer && other;
	}

	return answer;
}

function one(reader: Reader): boolean | undefined {
	if (take(reader, '!')) {
		const answer = one(reader);
		return answer === undefined ? undefined : !answer;
	}

	if (take(reader, '(')) {
		const answer = either(reader);
		return take(reader, ')') ? answer : undefined;
	}

	if (take(reader, 'all', '(', ')')) {
		return true;
	}

	if (take(reader, 'has', '(')) {
		const key = label(reader);
		return take(reader, ')') && key !== undefined ? Object.hasOwn(reader.labels, key) : undefined;
	}

	const key = label(reader);
	return key === undefined ? undefined : comparison(reader, key);
}

/** A label that is missing equals nothing, and is not in any set. */
function comparison(reader: Reader, key: string): boolean | undefined {
	const value = Object.hasOwn(reader.labels, key) ? reader.labels[key] : undefined;
	const tests: readonly (readonly [readonly string[], (other: string) => boolean])[] = [
		[['=='], (other) => value === other],
		[['!='], (other) => value !== other],
		[['contains'], (other) => value?.includes(other) ?? false],
		[['starts', 'with'], (other) => value?.startsWith(other) ?? false],
		[['startswith'], (other) => value?.startsWith(other) ?? false],
		[['ends', 'with'], (other) => value?.endsWith(other) ?? false],
		[['endswith'], (other) => value?.endsWith(other) ?? false],
	];
	for (const [operator, test] of tests) {
		if (take(reader, ...operator)) {
			const other = literal(reader);
			return other === undefined ? undefined : test(other);
		}
	}

	const isNegated = take(reader, 'not', 'in');
	const values = isNegated || take(reader, 'in') ? set(reader) : undefined;
	return values && (value !== undefined && values.includes(value)) !== isNegated;
}

function set(reader: Reader): readonly string[] | undefined {
	if (!take(reader, '{')) {
		return undefined;
	}

	const values: string[] = [];
	while (!take(reader, '}')) {
		const value = literal(reader);
		if (value === undefined) {
			return undefined;
		}

		values.push(value);
		if (!take(reader, ',') && reader.tokens[reader.at] !== '}') {
			return undefined;
		}
	}

	return values;
}

function label(reader: Reader): string | undefined {
	const token = reader.tokens[reader.at++];
	return token !== undefined && /^(?!pcns\.|pcsa\.)[\w./-]+$/u.test(token) ? token : undefined;
}

function literal(reader: Reader): string | undefined {
	const token = reader.tokens[reader.at++];
	return token !== undefined && /^['"]/u.test(token) ? token.slice(1, -1) : undefined;
}
