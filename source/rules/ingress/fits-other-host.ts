import {matchHost} from '../host-match.ts';
import {fitsRegex} from '../regex/fits-regex.ts';
import type {RegexBudget} from '../regex/regex.ts';

/**
Whether a host of `otherHosts` takes that of a request. As nginx's server_name: `~` begins a regular expression of PCRE, and a wildcard
covers many labels. Undefined: the expression could not be read.
*/
export function fitsOtherHost(wanted: string, host: string, budget?: RegexBudget): boolean | undefined {
	return wanted.startsWith('~')
		? fitsRegex(wanted.slice(1), host, budget)
		: matchHost(wanted, host, {wildcard: 'suffix'}) > 0;
}
