import {testRegex} from '../gateway/regex.ts';

/** Whether a part of the text fits, in time linear in it: patterns come from a cluster. Undefined: not readable as RE2. */
export function fitsRegex(pattern: string, text: string): boolean | undefined {
	const result = testRegex(pattern, text, {whole: false});
	return result === 'invalid' ? undefined : result === 'matches';
}

/** The groups of a match without case. Undefined: none, or a pattern whose groups could take forever to find. */
export function capture(pattern: string, text: string): readonly string[] | undefined {
	if (/[*+}]\??\)[*+?{]/u.test(pattern) || !fitsRegex(`(?i)${pattern}`, text)) {
		return undefined;
	}

	try {
		return new RegExp(pattern, 'i').exec(text) ?? undefined;
	} catch {
		return undefined;
	}
}
