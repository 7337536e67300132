import {safe} from '../../model/safe-text/safe.ts';
import {query, type JsonValue} from 'jsonpath-rfc9535';

/** Part of a template: text, a path, or what is repeated for each value of a path. */
type Part =
	| {readonly text: string}
	| {readonly path: string}
	| {readonly range: string; readonly parts: readonly Part[]};

/** Why a template cannot be read. */
export class TemplateError extends Error {
	override readonly name = 'TemplateError';
}

/**
A report through a template of kubectl: `{.paths[*].verdict}`, `{range .paths[*]}{.title}{"\n"}{end}`, filters as
`[?(@.verdict=="broken")]`. The paths are RFC 9535; kubectl's own spelling is turned into it.
*/
export function jsonPathText(report: object, template: string): string {
	const whole = template.includes('{') ? template : `{${template}}`;
	const parts = partsOf(tokensOf(whole));
	const value = JSON.parse(JSON.stringify(report)) as JsonValue;
	return parts.map((part) => textOf(part, value)).join('');
}

function textOf(part: Part, value: JsonValue): string {
	if ('text' in part) {
		return part.text;
	}

	if ('path' in part) {
		return valuesOf(value, part.path).map(shown).join(' ');
	}

	return valuesOf(value, part.range)
		.map((item) => part.parts.map((inner) => textOf(inner, item)).join(''))
		.join('');
}

/** As kubectl prints them: texts bare, the rest as JSON. */
function shown(value: JsonValue): string {
	return safe(typeof value === 'string' ? value : JSON.stringify(value));
}

function valuesOf(value: JsonValue, path: string): readonly JsonValue[] {
	try {
		return query(value, path);
	} catch (error) {
		throw new TemplateError(`${path} is no path: ${faultIn(error)}`);
	}
}

/** The parser lists every letter that it expected. The one that it found is shorter and says more. */
function faultIn(error: unknown): string {
	const reason = error instanceof Error ? error.message : String(error);
	const found = /but (?<what>end of input|"(?:\\.|[^"])*") found/u.exec(reason)?.groups?.['what'];
	return found === undefined
		? reason.replace(/\.$/u, '')
		: found === 'end of input'
			? 'it ends too early'
			: `${found} is not expected there`;
}

const token = /(?<code>\{(?:"(?:\\.|[^"\\])*"|'[^']*'|[^}"'])*\})|(?<text>[^{]+)|(?<rest>\{.*)/gsu;

/** Text outside braces, and what stands in each pair of braces. A brace in quotes is none. */
function tokensOf(template: string): readonly (readonly [kind: 'text' | 'code', text: string])[] {
	return Array.from(template.matchAll(token)).map(({groups = {}}) => {
		if (groups['rest'] !== undefined) {
			throw new TemplateError('a brace is not closed');
		}

		return groups['code'] === undefined
			? ['text', groups['text'] ?? '']
			: ['code', groups['code'].slice(1, -1).trim()];
	});
}

function partsOf(tokens: ReturnType<typeof tokensOf>): readonly Part[] {
	// The parts of the template, and of each range that is not closed yet.
	const open: {readonly range: string; readonly parts: Part[]}[] = [{range: '', parts: []}];
	for (const [kind, text] of tokens) {
		const current = open.at(-1)!;
		if (kind === 'text') {
			current.parts.push({text});
		} else if (text === 'end') {
			open.pop();
			(open.at(-1) ?? unopened()).parts.push(current);
		} else if (/^range\s/u.test(text)) {
			open.push({range: pathOf(text.slice('range'.length).trim()), parts: []});
		} else {
			current.parts.push(/^["']/u.test(text) ? {text: literal(text)} : {path: pathOf(text)});
		}
	}

	if (open.length > 1) {
		throw new TemplateError('a range has no {end}');
	}

	return open[0]!.parts;
}

function unopened(): never {
	throw new TemplateError('{end} has no range');
}

function literal(text: string): string {
	const escapes: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r'};
	return text.slice(1, -1).replaceAll(/\\(.)/gsu, (_, letter: string) => escapes[letter] ?? letter);
}

/** `.a-b`, `@.a` and `$.a` as RFC 9535 has them: from the value in hand, each name in brackets and quotes. */
function pathOf(text: string): string {
	const named = text.replaceAll(
		/(?<skip>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?<=[=<>\s(,])-?\d+(?:\.\d+)?)|\.(?<name>(?:\\.|[\w$-])+)/gu,
		(match, _skip: string | undefined, name: string | undefined) =>
			name === undefined ? match : `['${name.replaceAll(/\\(.)/gu, '$1')}']`,
	);
	// Of `..name`, a descendant, the first dot is left.
	return `$${named.replaceAll('.[', '..[').replace(/^[@$]/u, '')}`;
}
