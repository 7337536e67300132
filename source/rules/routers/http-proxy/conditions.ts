import type {ProxyCondition, ValueCondition} from '../../../model/routes/http-proxy.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {writtenQuery} from '../../query-text.ts';
import {testRegex, type RegexBudget} from '../../regex/regex.ts';
import {allHold, anyHolds} from '../../three-valued.ts';

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
	const values = headerValues(condition.name, request);
	if (condition.test === 'present' || condition.test === 'notpresent') {
		return values.length > 0 === (condition.test === 'present');
	}

	if (values.length === 0) {
		return condition.treatMissingAsEmpty ? fitsValue(condition, '', budget) : false;
	}

	// Each value of a repeated header counts (seen on Envoy 1.40.0).
	const fits = values.map((value) => fitsValue(condition, value, budget));
	return condition.test.startsWith('not') ? allHold(fits) : anyHolds(fits);
}

function headerValues(name: string, {headers, host, method, urlPath}: HttpRequest): readonly string[] {
	const wanted = name.toLowerCase();
	const own: Readonly<Record<string, string>> = {
		host,
		':authority': host,
		':method': method,
		':path': urlPath,
	};
	const given = headers.filter((header) => header.name.toLowerCase() === wanted).map(({value}) => value);
	const special = own[wanted];
	return special === undefined ? given : [special];
}

/** Envoy, ConfigUtility::QueryParameterMatcher: the first value of the name counts, as the URL has it. */
export function fitsQuery(
	condition: ValueCondition,
	request: HttpRequest,
	budget: RegexBudget,
): boolean | undefined {
	const found = writtenQuery(request).find(({name}) => name === condition.name);
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
