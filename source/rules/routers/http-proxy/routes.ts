import type {
	HttpProxy,
	ProxyCondition,
	ProxyRoute,
	ValueCondition,
} from '../../../model/routes/http-proxy.ts';
import {refOf} from '../../../model/ref.ts';
import type {RouterProblem, RouterRule} from '../router.ts';
import {refused, saidProblem, withoutRoutes} from './word.ts';
import {headerFault, headersOf, pathFault, pathOf, queryOf, type PathCondition} from './conditions.ts';

/** A route with the conditions of all includes that lead to it. */
export type FlatRoute = {
	readonly proxy: HttpProxy;
	readonly rule: RouterRule;
	readonly path: PathCondition;
	readonly headers: readonly ValueCondition[];
	readonly query: readonly ValueCondition[];
	/** Absent: an include that leads nowhere, which Contour answers with 502. */
	readonly route?: ProxyRoute;
};

export type Flattened = {
	readonly routes: readonly FlatRoute[];
	readonly problems: readonly RouterProblem[];
	/** The proxies that were looked at. */
	readonly visited: readonly HttpProxy[];
};

type Level = {
	readonly root: HttpProxy;
	readonly proxy: HttpProxy;
	readonly conditions: readonly ProxyCondition[];
	readonly visited: readonly HttpProxy[];
	readonly find: (namespace: string, name: string) => HttpProxy | undefined;
};

/** A cycle ends itself; a tree of includes that is as deep as this was made by a program. */
const deepest = 32;
const mostRoutes = 5000;

/** HTTPProxyProcessor.computeRoutes: included routes first, then the proxy's own. Later ones replace earlier ones of equal conditions. */
export function flattened(root: HttpProxy, find: Level['find']): Flattened {
	const {routes, ...rest} = levelOf({root, proxy: root, conditions: [], visited: [], find});
	return {...rest, routes: [...new Map(routes.map((each) => [keyOf(each), each])).values()]};
}

function keyOf({path, headers, query}: FlatRoute): string {
	return JSON.stringify([path, headers, query]);
}

function levelOf(level: Level): Flattened {
	const {proxy, visited} = level;
	if (visited.includes(proxy) || visited.length > deepest) {
		const why = 'its includes lead in a circle';
		return {routes: [], problems: [refused(proxy, 'spec.includes', why, proxy.name)], visited: []};
	}

	const included = includesOf(level);
	const fault = firstFault(level);
	const own = proxy.routes.map((route, index) => flatRoute(level, route, index));
	return {
		// One route that is not valid takes all of the proxy with it.
		routes: fault ? [] : [...included.routes, ...own].slice(0, mostRoutes),
		problems: [...included.problems, ...(fault ? [fault] : [])],
		visited: [proxy, ...included.visited],
	};
}

function includesOf(level: Level): Flattened {
	const seen = new Set<string>();
	return joined(
		level.proxy.includes.map((include, index) => {
			const {conditions} = include;
			const field = `spec.includes[${index}]`;
			const fault = includeFault(conditions, seen);
			return fault
				? {routes: [], visited: [], problems: [refused(level.proxy, field, fault, include.name)]}
				: includeOf(level, index);
		}),
	);
}

function includeFault(conditions: readonly ProxyCondition[], seen: Set<string>): string | undefined {
	const key = JSON.stringify([pathOf(conditions), headersOf(conditions), queryOf(conditions)]);
	// A lone prefix / may stand in several includes (includeMatchConditionsIdentical).
	const isPlain = conditions.every(({header, query}) => !header && !query);
	const isTwice = seen.has(key) && !(isPlain && pathOf(conditions).value === '/');
	seen.add(key);
	return conditions.some(({exact, regex}) => exact ?? regex)
		? 'an include takes neither exact nor regex conditions'
		: (pathFault(conditions) ??
				headerFault(conditions) ??
				(isTwice ? 'an earlier include has the same conditions' : undefined));
}

function includeOf(level: Level, index: number): Flattened {
	const {proxy, conditions, visited, find} = level;
	const include = proxy.includes[index]!;
	const namespace = include.namespace ?? proxy.namespace;
	const found = find(namespace, include.name);
	if (found && !found.virtualHost) {
		return levelOf({
			...level,
			proxy: found,
			conditions: [...conditions, ...include.conditions],
			visited: [...visited, proxy],
		});
	}

	const why = found
		? `the included HTTPProxy ${namespace}/${include.name} is a root itself`
		: `the included HTTPProxy ${namespace}/${include.name} does not exist`;
	const field = `spec.includes[${index}]`;
	return {
		// The answer stands under the conditions of the include alone, as Contour 1.33 has it.
		routes: include.conditions.length > 0 ? [answering(level, index)] : [],
		problems: [refused(proxy, field, why, include.name)],
		visited: [],
	};
}

function answering({root, proxy}: Level, index: number): FlatRoute {
	const conditions = proxy.includes[index]?.conditions ?? [];
	return flat(root, proxy, conditions, {field: `spec.includes[${index}]`});
}

function flatRoute({root, proxy, conditions}: Level, route: ProxyRoute, index: number): FlatRoute {
	const all = [...conditions, ...route.conditions];
	return {...flat(root, proxy, all, {field: `spec.routes[${index}]`, rule: index}), route};
}

function flat(
	root: HttpProxy,
	proxy: HttpProxy,
	conditions: readonly ProxyCondition[],
	place: Pick<RouterRule, 'field' | 'rule'>,
): FlatRoute {
	const path = pathOf(conditions);
	const headers = headersOf(conditions);
	const query = queryOf(conditions);
	const more = [...headers.map(({name}) => `header ${name}`), ...query.map(({name}) => `query ${name}`)];
	return {
		proxy,
		path,
		headers,
		query,
		rule: {
			...place,
			object: refOf('HTTPProxy', proxy),
			host: root.virtualHost?.fqdn ?? '',
			text: [`${path.type} ${path.value}`, ...more].join(', '),
			pathType: path.type,
			value: path.value,
		},
	};
}

/** What makes Contour give up all routes of a proxy, included ones too. */
function firstFault({proxy, conditions}: Level): RouterProblem | undefined {
	for (const [index, route] of proxy.routes.entries()) {
		const why = routeFault(route, [...conditions, ...route.conditions]);
		if (why !== undefined) {
			return refused(proxy, `spec.routes[${index}]`, why, String(index));
		}
	}

	return saidProblem(proxy, withoutRoutes);
}

function routeFault(route: ProxyRoute, all: readonly ProxyCondition[]): string | undefined {
	const actions = [route.services.length > 0, route.redirect, route.directResponse !== undefined];
	const protocol = route.services.find((service) => service.protocol && !isProtocol(service.protocol));
	if (actions.filter(Boolean).length !== 1) {
		return 'a route needs exactly one of services, requestRedirectPolicy and directResponsePolicy';
	}

	if (route.services.some(({port}) => port < 1 || port > 65_535)) {
		return 'a service port is not within 1 to 65535';
	}

	if (route.redirect?.path !== undefined && route.redirect.prefix !== undefined) {
		return 'a redirect has both path and prefix';
	}

	if (route.prefixReplacements.length > 0 && pathOf(all).type !== 'prefix') {
		return 'prefix replacements need a prefix condition';
	}

	return (
		pathFault(route.conditions) ??
		headerFault(all) ??
		(protocol ? `protocol ${protocol.protocol} is none of h2, h2c and tls` : undefined)
	);
}

function isProtocol(protocol: string): boolean {
	return ['h2', 'h2c', 'tls'].includes(protocol);
}

function joined(parts: readonly Flattened[]): Flattened {
	return {
		routes: parts.flatMap(({routes}) => routes),
		problems: parts.flatMap(({problems}) => problems),
		visited: parts.flatMap(({visited}) => visited),
	};
}
