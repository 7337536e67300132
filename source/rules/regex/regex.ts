import {RE2JS, RE2JSSyntaxException} from 're2js';
import {regexStart} from './regex-start.ts';
import {regexSize} from './regex-size.ts';

/**
`invalid`: not a regular expression of RE2, or one that would cost more than it is worth. Then nothing is guessed: ingress-nginx
uses PCRE, which has look-around and back-references.
*/
type RegexResult = 'matches' | 'differs' | 'invalid';

/** Gateway API allows 1,024 characters (apis/v1 HTTPPathMatch.value), Ingress any number. */
const longestPattern = 2048;
/** Instructions of one pattern: about 5 ms to compile, 6 MB to keep. */
const largestProgram = 4000;
/** Instructions times characters: about 60 ms. */
const mostSteps = 4_000_000;
/** Instructions of all patterns that are kept. */
const largestCache = 50_000;

/**
What the patterns that one request is compared with may cost together, in instructions: some 250 usual ones. A host with thousands of
them would else take minutes; what is left over is not judged.
*/
export type RegexBudget = {left: number};

export function regexBudget(): RegexBudget {
	return {left: 6000};
}

/**
Matching as RE2 does it, in time linear in the text: patterns come from a cluster, so nothing here may backtrack. `whole`: the
pattern must take all of the text (Envoy and most others); without, a part is enough (Traefik's PathRegexp).
*/
export function testRegex(
	pattern: string,
	text: string,
	{whole, budget}: {readonly whole: boolean; readonly budget?: RegexBudget},
): RegexResult {
	if (!text.includes(regexStart(pattern))) {
		return 'differs';
	}

	if (budget && budget.left <= 0) {
		return 'invalid';
	}

	const regex = compiled(pattern);
	if (budget) {
		budget.left -= costOf(pattern, regex);
	}

	if (!regex || regex.size * text.length > mostSteps) {
		return 'invalid';
	}

	// Not `test` and `testExact`: those keep up to 8 MB of automaton for each pattern.
	const matcher = regex.program.matcher(text);
	return (whole ? matcher.matches() : matcher.find()) ? 'matches' : 'differs';
}

/** The text of the first match and of its groups, '' for a group that took no part. Undefined: none. */
export function captureRegex(pattern: string, text: string): readonly string[] | 'invalid' | undefined {
	const regex = compiled(pattern);
	if (!regex || regex.size * text.length * (regex.program.groupCount() + 1) > mostSteps) {
		return 'invalid';
	}

	const found = regex.program.exec(text);
	return found ? [...found].map((group) => group ?? '') : undefined;
}

/** It is no regular expression of RE2, whatever it would cost: Go's regexp.Compile fails. */
export function isNoRegex(pattern: string): boolean {
	const isJudged = pattern.length <= longestPattern && regexSize(pattern) <= largestProgram;
	return isJudged && compiled(pattern) === undefined;
}

type Regex = {readonly program: RE2JS; readonly size: number};

/** The oldest first. What a pattern compiles to depends on its text alone. */
const cache = new Map<string, Regex | undefined>();
let cachedSize = 0;

function compiled(pattern: string): Regex | undefined {
	if (pattern.length > longestPattern) {
		return undefined;
	}

	if (cache.has(pattern)) {
		return cache.get(pattern);
	}

	const regex = compile(pattern);
	cachedSize += costOf(pattern, regex);
	dropOldest();
	cache.set(pattern, regex);
	return regex;
}

function dropOldest(): void {
	for (const [pattern, regex] of cache) {
		if (cachedSize <= largestCache) {
			return;
		}

		cache.delete(pattern);
		cachedSize -= costOf(pattern, regex);
	}
}

/** What is no regular expression costs its text. */
function costOf(pattern: string, regex: Regex | undefined): number {
	return regex?.size ?? pattern.length;
}

function compile(pattern: string): Regex | undefined {
	const size = regexSize(pattern);
	if (size > largestProgram) {
		return undefined;
	}

	try {
		return {program: RE2JS.compile(pattern), size};
	} catch (error) {
		if (error instanceof RE2JSSyntaxException) {
			return undefined;
		}

		throw error;
	}
}
