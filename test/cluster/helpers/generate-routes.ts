import {backendNames} from './backends.ts';
import {documentOf, urlPaths, type Where} from './questions.ts';
import type {Random} from './random.ts';

export type RouteWhere = Where & {
	/** Where the ones are that a ReferenceGrant is needed for. */
	readonly other: string;
	readonly gateway: {readonly namespace: string; readonly name: string};
	/** Its listeners; one that does not exist may stand among them. */
	readonly listeners: readonly string[];
};

const routeHosts = (domain: string) => [
	`x.${domain}`,
	`y.${domain}`,
	`*.${domain}`,
	`deep.z.${domain}`,
	`*.z.${domain}`,
];

/** An HTTPRoute with matches, weights and filters at random, some of them broken. */
export function generateRoute(name: string, where: RouteWhere): string {
	const {random, domain, gateway, listeners} = where;
	const sectionName = random.chance(0.15) ? random.pick(listeners) : undefined;
	return documentOf({
		apiVersion: 'gateway.networking.k8s.io/v1',
		kind: 'HTTPRoute',
		metadata: {name},
		spec: {
			parentRefs: [{...gateway, sectionName}],
			hostnames: [
				...new Set(Array.from({length: 1 + random.below(2)}, () => random.pick(routeHosts(domain)))),
			],
			rules: Array.from({length: 1 + random.below(3)}, () => routeRule(random, where.other)),
		},
	});
}

function routeRule(random: Random, other: string): object {
	const matches = Array.from({length: 1 + random.below(2)}, () => routeMatch(random));
	if (random.chance(0.1)) {
		const requestRedirect = random.pick([
			{hostname: 'elsewhere.example.com', statusCode: 302},
			{scheme: 'https', statusCode: 301},
			{path: {type: 'ReplaceFullPath', replaceFullPath: '/full'}, statusCode: 302},
			{port: 8443, statusCode: 302},
		]);
		return {matches, filters: [{type: 'RequestRedirect', requestRedirect}]};
	}

	const filters = random.chance(0.1)
		? [{type: 'URLRewrite', urlRewrite: {path: {type: 'ReplaceFullPath', replaceFullPath: '/full'}}}]
		: undefined;
	return {matches, filters, backendRefs: backendRefs(random, other)};
}

function routeMatch(random: Random): object {
	const type = random.pick(['PathPrefix', 'PathPrefix', 'PathPrefix', 'Exact', 'RegularExpression']);
	const values =
		type === 'RegularExpression'
			? ['/fo+', '/foo/.*', '/(foo|bar)', '/.*/bar']
			: urlPaths.filter((path) => path !== '/foo/');
	return {
		path: {type, value: random.pick(values)},
		method: random.chance(0.2) ? random.pick(['GET', 'POST']) : undefined,
		headers: random.chance(0.2) ? [headerMatch(random)] : undefined,
		queryParams: random.chance(0.15) ? [{name: 'a', value: random.pick(['1', '2'])}] : undefined,
	};
}

function headerMatch(random: Random): object {
	return random.chance(0.3)
		? {type: 'RegularExpression', name: 'X-User', value: '7+'}
		: {name: 'X-User', value: random.pick(['7', '8'])};
}

function backendRefs(random: Random, other: string): readonly object[] {
	const ref = (name: string): object => ({
		name,
		port: name === 'portless' ? 9999 : 80,
		weight: random.chance(0.15) ? random.below(3) : undefined,
	});
	switch (random.below(8)) {
		case 0:
			return [ref('a'), ref(random.pick(backendNames))];
		case 1:
			return [{name: random.pick(['granted', 'not-granted']), namespace: other, port: 80}];
		case 2:
			return [{name: 'a', port: 80, weight: 0}];
		default:
			return [ref(random.pick(backendNames))];
	}
}
