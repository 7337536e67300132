import {testRegex, type RegexBudget} from './regex.ts';

/** Whether a part of the text fits. Undefined: not readable as RE2, or the budget is used up. */
export function fitsRegex(pattern: string, text: string, budget?: RegexBudget): boolean | undefined {
	const result = testRegex(pattern, text, {whole: false, budget});
	return result === 'invalid' ? undefined : result === 'matches';
}
