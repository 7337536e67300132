import type {Requested} from './outside.ts';
import {documentOf, urlPaths} from './questions.ts';
import type {Random} from './random.ts';

/** Hosts below a wildcard of the Gateway, each of one VirtualService. */
const hosts = ['gx', 'gy', '*.gz'];

/** VirtualServices of Gateway `gw` with rules drawn at random: matches of every kind, subsets, redirects, faults and rewrites. */
export function generateVirtualServices(random: Random, domain: string): string {
	return hosts
		.map((host, index) =>
			documentOf({
				apiVersion: 'networking.istio.io/v1',
				kind: 'VirtualService',
				metadata: {name: `generated-${index}`},
				spec: {
					hosts: [`${host}.${domain}`],
					gateways: ['gw'],
					http: Array.from({length: 6 + random.below(6)}, () => ({
						match: Array.from({length: 1 + random.below(2)}, () => matchOf(random)),
						...actionOf(random),
					})),
				},
			}),
		)
		.join('');
}

function matchOf(random: Random): object {
	return {
		...(random.chance(0.85) ? uriOf(random) : {method: {exact: 'POST'}}),
		...(random.chance(0.3) ? {headers: {[random.pick(['x-beta', 'x-user'])]: valueOf(random)}} : {}),
		...(random.chance(0.1) ? {withoutHeaders: {'x-user': random.pick([{}, {exact: '1'}])}} : {}),
		...(random.chance(0.2) ? {queryParams: {q: random.pick([{}, {exact: '1'}, {regex: '[12]'}])}} : {}),
		...(random.chance(0.1) ? {method: {regex: 'P.*'}} : {}),
	};
}

function uriOf(random: Random): object {
	const uri = random.pick([
		{exact: random.pick(urlPaths)},
		{prefix: random.pick(urlPaths)},
		{prefix: random.pick(urlPaths)},
		{regex: random.pick(['/fo+', '/foo/.*', '/[fb].*', '/foo(/bar)?'])},
	]);
	return {uri, ...(random.chance(0.2) && !('regex' in uri) ? {ignoreUriCase: true} : {})};
}

function valueOf(random: Random): object {
	return random.pick([{}, {exact: '1'}, {prefix: '1'}, {regex: '[0-9]+'}, {regex: 'y.s'}]);
}

function actionOf(random: Random): object {
	if (random.chance(0.15)) {
		return random.pick<object>([
			{redirect: {uri: '/new'}},
			{redirect: {authority: 'new.example.com', redirectCode: 302}},
			{redirect: {scheme: 'https'}},
			{directResponse: {status: random.pick([201, 403, 503])}},
		]);
	}

	return {
		...(random.chance(0.1) ? {fault: {abort: {httpStatus: 418, percentage: {value: 100}}}} : {}),
		...(random.chance(0.15) ? {rewrite: {uri: '/rewritten'}} : {}),
		route: routeOf(random),
	};
}

function routeOf(random: Random): readonly object[] {
	const [v1, v2] = ['v1', 'v2'].map((subset) => ({host: 'web', subset}));
	return random.pick<readonly object[]>([
		[{destination: v1}],
		[{destination: v2}],
		[{destination: {host: 'api', port: {number: 8000}}}],
		[
			{destination: v1, weight: 100},
			{destination: v2, weight: 0},
		],
		[
			{destination: v1, weight: 50},
			{destination: v2, weight: 50},
		],
		[{destination: {host: 'web'}}],
		[{destination: {host: 'web', subset: 'v3'}}],
		[{destination: {host: 'none'}}],
		[{destination: {host: 'missing'}}],
	]);
}

/** Requests for those hosts, with a method, a header and a query now and then. */
export function askVirtualServices(count: number, random: Random, domain: string): readonly Requested[] {
	return Array.from({length: count}, () => {
		const host = random.pick(['gx', 'gy', 'any.gz', 'a.b.gz', 'gz']);
		const urlPath = random.pick([...urlPaths, '/fooo', '/FOO', '/foo/BAR', '/nothing']);
		return {
			url: `http://${host}.${domain}${urlPath}${random.pick(['', '', '', '?q=1', '?q=3', '?q=', '?p=1&q=2'])}`,
			method: random.pick(['GET', 'GET', 'GET', 'POST']),
			headers: random.chance(0.4)
				? [{name: random.pick(['x-beta', 'x-user']), value: random.pick(['1', '12', 'yes', 'other'])}]
				: [],
		};
	});
}
