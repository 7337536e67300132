import type {ProxyCondition, ValueCondition} from '../../../model/http-proxy.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {testRegex, type RegexBudget} from '../../regex/regex.ts';

export type PathCondition = {readonly type: 'prefix' | 'exact' | 'regex'; readonly value: string};

/** mergePathMatchConditions: those of all includes are joined, and the last says what they are. A prefix is the beginning of a text. */
export function pathOf(conditions: readonly ProxyCondition[]): PathCondition {
	const joined = conditions
		.map(pathText)
		.join('')
		.replaceAll(/\/{2,}/gu, '/');
	if (joined === '') {
		return {type: 'prefix', value: '/'};
	}

	const last = conditions.at(-1);
	if (conditions.some(({prefix, exact, regex}) => !prefix && !exact && regex)) {
		return {type: 'regex', value: joined};
	}

	return {type: !last?.prefix && last?.exact ? 'exact' : 'prefix', value: joined};
}

function pathText({prefix, exact, regex}: ProxyCondition): string {
	return prefix ?? exact ?? regex ?? '';
}

/** pathMatchConditionsValid: why a block of conditions is not valid. */
export function pathFault(conditions: readonly ProxyCondition[]): string | undefined {
	const paths = conditions.flatMap(({prefix, exact, regex}) => [prefix, exact, regex]).filter(Boolean);
	const relative = paths.find((path) => !path?.startsWith('/'));
	if (relative !== undefined) {
		return `path condition ${relative} does not start with /`;
	}

	return paths.length > 1 ? 'a condition block has more than one prefix, exact or regex' : undefined;
}

/** headerMatchConditionsValid, as far as it can be met by accident: two exact values of one header. */
export function headerFault(conditions: readonly ProxyCondition[]): string | undefined {
	const exact = headersOf(conditions)
		.filter(({test}) => test === 'exact')
		.map(({name}) => name.toLowerCase());
	const twice = exact.find((name, index) => exact.indexOf(name) !== index);
	return twice === undefined ? undefined : `header ${twice} has two exact conditions`;
}

export function headersOf(conditions: readonly ProxyCondition[]): readonly ValueCondition[] {
	return conditions.flatMap(({header}) => header ?? []);
}

export function queryOf(conditions: readonly ProxyCondition[]): readonly ValueCondition[] {
	return conditions.flatMap(({query}) => query ?? []);
}

/** Undefined: a regular expression could not be judged. */
export function fitsPath(
	{type, value}: PathCondition,
	urlPath: string,
	budget: RegexBudget,
): boolean | undefined {
	switch (type) {
		case 'exact':
			return urlPath === value;
		case 'prefix':
			return urlPath.startsWith(value);
		case 'regex':
			return fitsWhole(value, urlPath, budget);
	}
}

/** Envoy, HeaderUtility::matchHeaders: a header that is missing fits no condition, not even a negative one. */
export function fitsHeader(
	condition: ValueCondition,
	request: HttpRequest,
	budget: RegexBudget,
): boolean | undefined {
	const value = headerValue(condition.name, request);
	if (condition.test === 'present' || condition.test === 'notpresent') {
		return (value !== undefined) === (condition.test === 'present');
	}

	return value === undefined && !condition.treatMissingAsEmpty
		? false
		: fitsValue(condition, value ?? '', budget);
}

/** Several values of a header are one text, with commas (getAllOfHeaderAsString). */
function headerValue(name: string, {headers, host, method, urlPath}: HttpRequest): string | undefined {
	const wanted = name.toLowerCase();
	const own: Readonly<Record<string, string>> = {
		host,
		':authority': host,
		':method': method,
		':path': urlPath,
	};
	const given = headers.filter((header) => header.name.toLowerCase() === wanted);
	return own[wanted] ?? (given.length > 0 ? given.map(({value}) => value).join(',') : undefined);
}

/** Envoy, ConfigUtility::QueryParameterMatcher: the first value of the name counts. */
export function fitsQuery(
	condition: ValueCondition,
	{query}: HttpRequest,
	budget: RegexBudget,
): boolean | undefined {
	const found = query.find(({name}) => name === condition.name);
	return found !== undefined && (condition.test === 'present' || fitsValue(condition, found.value, budget));
}

function fitsValue(
	{test, value, ignoreCase}: ValueCondition,
	given: string,
	budget: RegexBudget,
): boolean | undefined {
	const [wanted, text] = ignoreCase ? [value.toLowerCase(), given.toLowerCase()] : [value, given];
	switch (test) {
		case 'exact':
			return text === wanted;
		case 'notexact':
			return text !== wanted;
		case 'contains':
			return text.includes(wanted);
		case 'notcontains':
			return !text.includes(wanted);
		case 'prefix':
			return text.startsWith(wanted);
		case 'suffix':
			return text.endsWith(wanted);
		case 'regex':
			return fitsWhole(value, given, budget);
		case 'present':
		case 'notpresent':
			return test === 'present';
	}
}

function fitsWhole(pattern: string, text: string, budget: RegexBudget): boolean | undefined {
	const result = testRegex(pattern, text, {whole: true, budget});
	return result === 'invalid' ? undefined : result === 'matches';
}
