import {isWithin, parseIp} from '../../../model/matching/ip.ts';
import type {HttpRequest, Source} from '../../../model/request.ts';
import {testRegex, type RegexBudget} from '../../regex/regex.ts';
import {allHold, anyHolds} from '../../three-valued.ts';
import type {RuleTree} from './parse-rule.ts';
import {templatePattern} from './template.ts';

/** What a rule is asked. */
export type Asked = {
	readonly request: HttpRequest;
	/** As rules see it: decoded but for reserved characters. */
	readonly routingPath: string;
	readonly client: Source;
	readonly budget: RegexBudget;
	/** Hosts may be wildcards: since 3.7. */
	readonly hasWildcards: boolean;
};

/** The answer of a part; undefined: not known. */
type Answer = boolean | undefined;

export type Syntax = 'v2' | 'v3';

/** Whether a rule takes a request, as pkg/muxer/http of Traefik 3.6. */
export function fitsRule(tree: RuleTree, asked: Asked, syntax: Syntax): Answer {
	switch (tree.type) {
		case 'and':
			return allHold([fitsRule(tree.left, asked, syntax), fitsRule(tree.right, asked, syntax)]);
		case 'or':
			return anyHolds([fitsRule(tree.left, asked, syntax), fitsRule(tree.right, asked, syntax)]);
		case 'not':
			return not(fitsRule(tree.of, asked, syntax));
		case 'call': {
			const matcher = matchers[syntax][tree.name];
			return matcher?.fits(tree.values, asked);
		}
	}
}

function not(answer: Answer): Answer {
	return answer === undefined ? undefined : !answer;
}

/** Why Traefik makes no router of a rule: an unknown matcher, or values that it does not take. */
export function ruleFault(tree: RuleTree, syntax: Syntax): string | undefined {
	switch (tree.type) {
		case 'and':
		case 'or':
			return ruleFault(tree.left, syntax) ?? ruleFault(tree.right, syntax);
		case 'not':
			return ruleFault(tree.of, syntax);
		case 'call': {
			const matcher = matchers[syntax][tree.name];
			if (!matcher) {
				return `matcher ${tree.name} is not one of syntax ${syntax}`;
			}

			const {least = 1, most = least} = matcher;
			return tree.values.length < least || tree.values.length > most
				? `matcher ${tree.name} takes ${least === most ? least : `${least} to ${most}`} values`
				: matcher.isPath && !tree.values.every((value) => value.startsWith('/'))
					? `path ${tree.values.join(', ')} does not start with /`
					: undefined;
		}
	}
}

type Matcher = {
	readonly fits: (values: readonly string[], asked: Asked) => Answer;
	readonly least?: number;
	readonly most?: number;
	readonly isPath?: true;
};

const many = Number.POSITIVE_INFINITY;

const matchers: Readonly<Record<Syntax, Readonly<Record<string, Matcher>>>> = {
	v3: {
		host: {fits: ([host = ''], asked) => fitsHost(host, asked)},
		hostregexp: {
			fits: ([pattern = ''], {request, budget}) => part(pattern, request.host.toLowerCase(), budget),
		},
		path: {isPath: true, fits: ([path], {routingPath}) => routingPath === path},
		pathprefix: {isPath: true, fits: ([path = ''], {routingPath}) => routingPath.startsWith(path)},
		pathregexp: {fits: ([pattern = ''], {routingPath, budget}) => part(pattern, routingPath, budget)},
		method: {fits: ([method = ''], {request}) => request.method === method.toUpperCase()},
		header: {
			least: 2,
			fits: ([name = '', value], asked) => headersOf(name, asked).some((each) => each === value),
		},
		headerregexp: {
			least: 2,
			fits: ([name = '', pattern = ''], asked) =>
				anyHolds(headersOf(name, asked).map((value) => part(pattern, value, asked.budget))),
		},
		// A query without a value, or with an empty one.
		query: {
			most: 2,
			fits: ([name = '', value = ''], asked) => queryOf(name, asked).some((each) => each === value),
		},
		queryregexp: {
			most: 2,
			fits: ([name = '', pattern], asked) =>
				pattern === undefined
					? queryOf(name, asked).includes('')
					: anyHolds(queryOf(name, asked).map((value) => part(pattern, value, asked.budget))),
		},
		clientip: {fits: (ranges, asked) => fitsClient(ranges, asked)},
	},
	v2: {
		host: {most: many, fits: (hosts, asked) => hosts.some((host) => isHost(host, asked))},
		hostheader: {most: many, fits: (hosts, asked) => hosts.some((host) => isHost(host, asked))},
		hostregexp: {
			most: many,
			fits: (templates, {request, budget}) =>
				anyHolds(
					templates.map((each) =>
						whole(templatePattern(each.toLowerCase(), '[^.]+'), request.host.toLowerCase(), budget),
					),
				),
		},
		path: {
			most: many,
			isPath: true,
			fits: (paths, {routingPath, budget}) =>
				anyHolds(paths.map((each) => whole(templatePattern(each, '[^/]+'), routingPath, budget))),
		},
		pathprefix: {
			most: many,
			isPath: true,
			fits: (paths, {routingPath, budget}) =>
				anyHolds(paths.map((each) => part(`^${templatePattern(each, '[^/]+')}`, routingPath, budget))),
		},
		method: {
			most: many,
			fits: (methods, {request}) => methods.some((method) => method.toUpperCase() === request.method),
		},
		headers: {
			least: 2,
			fits: ([name = '', value], asked) => headersOf(name, asked).some((each) => each === value),
		},
		headersregexp: {
			least: 2,
			fits: ([name = '', pattern = ''], asked) =>
				anyHolds(headersOf(name, asked).map((value) => part(pattern, value, asked.budget))),
		},
		query: {
			most: many,
			fits: (pairs, asked) => allHold(pairs.map((pair) => fitsPair(pair, asked))),
		},
		clientip: {most: many, fits: (ranges, asked) => fitsClient(ranges, asked)},
	},
};

function fitsHost(host: string, asked: Asked): boolean {
	const {request, hasWildcards} = asked;
	if (hasWildcards && host === '*') {
		return true;
	}

	return hasWildcards && host.startsWith('*')
		? host.toLowerCase() === ['*', ...request.host.toLowerCase().split('.').slice(1)].join('.')
		: isHost(host, asked);
}

/** Without case, port and trailing dot. */
function isHost(host: string, {request}: Asked): boolean {
	return request.host !== '' && host.toLowerCase().replace(/\.$/u, '') === request.host.toLowerCase();
}

function headersOf(name: string, {request}: Asked): readonly string[] {
	const wanted = name.toLowerCase();
	return request.headers.filter((each) => each.name.toLowerCase() === wanted).map(({value}) => value);
}

function queryOf(name: string, {request}: Asked): readonly string[] {
	return request.query.filter((each) => each.name === name).map(({value}) => value);
}

/** `name=value`, where the value may be a template. */
function fitsPair(pair: string, asked: Asked): Answer {
	const [name = '', ...rest] = pair.split('=');
	const template = rest.join('=');
	return anyHolds(
		queryOf(name, asked).map(
			(value) => template === '' || whole(templatePattern(template, '.*'), value, asked.budget),
		),
	);
}

/** The client's address is known only where it was given. */
function fitsClient(ranges: readonly string[], {client}: Asked): Answer {
	const ip = client.kind === 'external' && client.ip !== undefined ? parseIp(client.ip) : undefined;
	return ranges.some((range) => /^0\.0\.0\.0\/0$|^::\/0$/u.test(range))
		? true
		: ip && ranges.some((range) => isWithin(ip, range));
}

/** A range, or one address. */
function part(pattern: string, text: string, budget: RegexBudget): Answer {
	return read(testRegex(pattern, text, {whole: false, budget}));
}

function whole(pattern: string, text: string, budget: RegexBudget): Answer {
	return read(testRegex(pattern, text, {whole: true, budget}));
}

function read(result: ReturnType<typeof testRegex>): Answer {
	return result === 'invalid' ? undefined : result === 'matches';
}
