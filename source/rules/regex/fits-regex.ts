import {captureRegex, testRegex, type RegexBudget} from './regex.ts';

/** Whether a part of the text fits. Undefined: not readable as RE2, or the budget is used up. */
export function fitsRegex(pattern: string, text: string, budget?: RegexBudget): boolean | undefined {
	const result = testRegex(pattern, text, {whole: false, budget});
	return result === 'invalid' ? undefined : result === 'matches';
}

/** The groups of a match without case. Undefined: none, or a pattern that is not readable as RE2. */
export function capture(pattern: string, text: string): readonly string[] | undefined {
	const found = captureRegex(`(?i)${pattern}`, text);
	return found === 'invalid' ? undefined : found;
}
