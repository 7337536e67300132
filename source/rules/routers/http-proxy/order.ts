import type {ValueCondition} from '../../../model/routes/http-proxy.ts';
import type {FlatRoute} from './routes.ts';
import {compareText} from '../../../model/matching/compare-text.ts';

const kinds = ['exact', 'regex', 'prefix'];

/** internal/sorter, routeSorter: exact, regular expressions, prefixes; the longer; more headers; more query parameters. */
export function inOrder(a: FlatRoute, b: FlatRoute): number {
	return (
		kinds.indexOf(a.path.type) - kinds.indexOf(b.path.type) ||
		b.path.value.length - a.path.value.length ||
		compareText(b.path.value, a.path.value) ||
		headerCount(b) - headerCount(a) ||
		b.query.length - a.query.length ||
		compareEach(a.headers, b.headers) ||
		compareEach(a.query, b.query)
	);
}

/** The condition for the host of a wildcard counts as one. */
function headerCount({headers, route, rule}: FlatRoute): number {
	return headers.length + (route && rule.host.startsWith('*') ? 1 : 0);
}

/** headerMatchConditionSorter and queryParamMatchConditionSorter: by name, then the kind of test, then the value. */
const tests: readonly ValueCondition['test'][] = [
	'exact',
	'notexact',
	'regex',
	'prefix',
	'suffix',
	'contains',
	'notcontains',
	'present',
	'notpresent',
];

function compareEach(a: readonly ValueCondition[], b: readonly ValueCondition[]): number {
	const left = a.toSorted(compareConditions);
	const right = b.toSorted(compareConditions);
	return left.reduce((order, each, index) => order || compareConditions(each, right[index] ?? each), 0);
}

function compareConditions(a: ValueCondition, b: ValueCondition): number {
	return (
		compareText(a.name, b.name) ||
		tests.indexOf(a.test) - tests.indexOf(b.test) ||
		compareText(a.value, b.value)
	);
}
