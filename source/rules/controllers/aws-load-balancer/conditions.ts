import type {HttpRequest} from '../../../model/request.ts';
import type {RuleRef} from '../../ingress/decision.ts';
import {memoize} from '../../memoize.ts';
import {fitsPattern} from './pattern.ts';
import {fieldsOf, type Fields} from './fields.ts';

const annotationOf = (name: string): string => `alb.ingress.kubernetes.io/conditions.${name}`;

/** A condition beside those joined to the host and path. `unread`: it asks for the client's address, or it is not readable. */
type Condition =
	| {readonly type: 'header'; readonly name: string; readonly values: readonly string[]}
	| {readonly type: 'method'; readonly values: readonly string[]}
	| {readonly type: 'query'; readonly values: readonly {readonly key?: string; readonly value: string}[]}
	| {readonly type: 'host'; readonly values: readonly string[]}
	| {readonly type: 'unread'};

/**
Why the conditions of a rule's backend do not take a request: all of them have to, any value of each may (annotations.md,
`conditions.NAME`; Application Load Balancers, rule condition types).
*/
export function whyNotMet(rule: RuleRef, request: HttpRequest): string | undefined {
	const missed = conditionsOf(rule).find((condition) => meets(condition, request) === false);
	return missed && `annotation ${annotationOf(nameOf(rule))} asks for ${textOf(missed)}`;
}

/** Whether one of them is not known here: the client's address, or one that is not readable. */
export function isOpen(rule: RuleRef): boolean {
	return conditionsOf(rule).some(({type}) => type === 'unread');
}

/** An annotation may keep some requests from the rule. */
export function hasConditions(rule: RuleRef): boolean {
	return rule.ingress.annotations[annotationOf(nameOf(rule))] !== undefined;
}

function nameOf({backend}: RuleRef): string {
	return backend.type === 'service' ? backend.name : '';
}

function conditionsOf(rule: RuleRef): readonly Condition[] {
	const listed = listedOf(rule);
	return listed === 'unread'
		? [{type: 'unread'}]
		: listed.filter((fields) => !isJoined(fields, rule)).map(conditionOf);
}

const listedOf = memoize((rule: RuleRef): readonly Fields[] | 'unread' => {
	const text = rule.ingress.annotations[annotationOf(nameOf(rule))];
	const listed = text === undefined ? [] : parsed(text);
	return Array.isArray(listed) ? listed.map(fieldsOf) : 'unread';
});

/**
Hosts and path patterns that are joined to those of the rule: any of them will do (model_build_listener_rules.go,
buildRuleConditions).
*/
export const joinedTo = memoize((rule: RuleRef) => {
	const listed = listedOf(rule);
	const joined = listed === 'unread' ? [] : listed.filter((fields) => isJoined(fields, rule));
	const valuesOf = (field: string, config: string): readonly string[] =>
		joined
			.filter((each) => each['field'] === field)
			.flatMap((each) => textsOf(fieldsOf(each[config])['values']));
	return {
		hosts: valuesOf('host-header', 'hostHeaderConfig'),
		paths: valuesOf('path-pattern', 'pathPatternConfig'),
	};
});

/** Expressions of its own (`regexValues`) are not read here. */
function isJoined({field, hostHeaderConfig, pathPatternConfig}: Fields, {host}: RuleRef): boolean {
	return field === 'path-pattern'
		? fieldsOf(pathPatternConfig)['regexValues'] === undefined
		: field === 'host-header' && host !== '' && fieldsOf(hostHeaderConfig)['regexValues'] === undefined;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function conditionOf(fields: Fields): Condition {
	switch (fields['field']) {
		case 'http-header': {
			const config = fieldsOf(fields['httpHeaderConfig']);
			return {type: 'header', name: String(config['httpHeaderName']), values: textsOf(config['values'])};
		}
		case 'http-request-method':
			return {type: 'method', values: textsOf(fieldsOf(fields['httpRequestMethodConfig'])['values'])};
		case 'query-string': {
			const listed = fieldsOf(fields['queryStringConfig'])['values'];
			return {type: 'query', values: Array.isArray(listed) ? listed.map(pairOf) : []};
		}
		case 'host-header':
			return fieldsOf(fields['hostHeaderConfig'])['regexValues'] === undefined
				? {type: 'host', values: textsOf(fieldsOf(fields['hostHeaderConfig'])['values'])}
				: {type: 'unread'};
		default:
			return {type: 'unread'};
	}
}

function textsOf(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.map(String) : [];
}

function pairOf(value: unknown): {readonly key?: string; readonly value: string} {
	const {key, value: wanted} = fieldsOf(value);
	return {key: typeof key === 'string' ? key : undefined, value: String(wanted)};
}

/** Undefined: not known. Patterns are compared without case, but for methods. */
function meets(condition: Condition, request: HttpRequest): boolean | undefined {
	switch (condition.type) {
		case 'header': {
			const given = request.headers.filter(({name}) => name.toLowerCase() === condition.name.toLowerCase());
			return condition.values.some((wanted) => given.some(({value}) => isLike(wanted, value)));
		}
		case 'method':
			return condition.values.includes(request.method);
		case 'query':
			return condition.values.some((wanted) =>
				request.query.some(
					({name, value}) =>
						(wanted.key === undefined || isLike(wanted.key, name)) && isLike(wanted.value, value),
				),
			);
		case 'host':
			return condition.values.some((wanted) => isLike(wanted, request.host));
		case 'unread':
			return undefined;
	}
}

function isLike(pattern: string, text: string): boolean {
	return fitsPattern(pattern.toLowerCase(), text.toLowerCase());
}

function textOf(condition: Condition): string {
	switch (condition.type) {
		case 'header':
			return `header ${condition.name}: ${condition.values.join(' or ')}`;
		case 'method':
			return `method ${condition.values.join(' or ')}`;
		case 'query':
			return `the query ${condition.values.map(({key, value}) => (key ? `${key}=${value}` : value)).join(' or ')}`;
		case 'host':
			return `host ${condition.values.join(' or ')}`;
		case 'unread':
			return 'something that is not read';
	}
}
