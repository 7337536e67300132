import type {Random} from './random.ts';

/** Backends of the tests: four that answer, one that is empty, one that is missing, one without the port, one without the target port. */
const backends = ['a', 'a', 'b', 'b', 'c', 'd', 'empty', 'missing', 'portless', 'misnamed'];
const urlPaths = ['/', '/foo', '/foo/', '/foo/bar', '/foobar', '/Foo', '/bar', '/foo/bar/baz', '/f'];

export type Question = {
	readonly url: string;
	readonly method: string;
	readonly headers: readonly {readonly name: string; readonly value: string}[];
};

type Where = {readonly random: Random; readonly domain: string};

const ingressHosts = (domain: string) => [`x.${domain}`, `y.${domain}`, `*.${domain}`, `deep.z.${domain}`];

/**
Ingresses with a few rules each; annotations are those of Traefik, which others ignore. No two rules are of one rank: which of
those wins is defined nowhere.
*/
export function generateIngresses(count: number, {random, domain}: Where): string {
	const taken = new Set<string>();
	return Array.from({length: count}, (_, index) => {
		const isRanked = random.chance(0.15);
		const annotations = {
			...(isRanked
				? {'traefik.ingress.kubernetes.io/router.priority': String(random.pick([1, 1000]) + index)}
				: {}),
			...(random.chance(0.05) ? {'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure'} : {}),
		};
		const rules = Array.from({length: isRanked ? 1 : 1 + random.below(2)}, () => {
			const host = random.pick(ingressHosts(domain));
			const paths = Array.from({length: isRanked ? 1 : 1 + random.below(3)}, () => ingressPath(random));
			return {host, http: {paths: paths.filter((path) => isNew(taken, `${host} ${rankOf(path)}`))}};
		}).filter(({http: {paths}}) => paths.length > 0);
		return documentOf({
			apiVersion: 'networking.k8s.io/v1',
			kind: 'Ingress',
			metadata: {name: `i${index}`, annotations},
			spec: {
				// An Ingress must have a rule or a default backend.
				rules: rules.length > 0 ? rules : [{host: `i${index}.none.${domain}`}],
				...(random.chance(0.2) ? {tls: [{hosts: [`x.${domain}`]}]} : {}),
			},
		});
	}).join('');
}

function isNew(taken: Set<string>, key: string): boolean {
	const known = taken.has(key);
	taken.add(key);
	return !known;
}

type IngressPath = {readonly path: string; readonly pathType: string; readonly backend: object};

function rankOf({path, pathType}: IngressPath): string {
	return `${path} ${pathType === 'Exact' ? 'Exact' : 'Prefix'}`;
}

function ingressPath(random: Random): IngressPath {
	const name = random.pick(backends);
	const isNamed = name !== 'portless' && random.chance(0.8);
	const port = isNamed ? {name: 'http'} : {number: name === 'portless' ? 9999 : 80};
	const isExact = random.chance(0.25);
	return {
		// Traefik goes by the length of its rule: an exact path and a prefix six characters shorter are of one rank.
		path: random.pick(isExact ? ['/foo', '/bar', '/Foo', '/foo/bar/baz'] : urlPaths),
		pathType: isExact ? 'Exact' : random.pick(['Prefix', 'Prefix', 'ImplementationSpecific']),
		backend: {service: {name, port}},
	};
}

export function askIngresses(count: number, {random, domain}: Where): readonly Question[] {
	const hosts = [
		`x.${domain}`,
		`y.${domain}`,
		`other.${domain}`,
		`deep.z.${domain}`,
		`deep.q.${domain}`,
		domain,
	];
	return Array.from({length: count}, () => ({
		url: `${random.chance(0.2) ? 'https' : 'http'}://${random.pick(hosts)}${askedPath(random)}`,
		method: 'GET',
		headers: [],
	}));
}

function askedPath(random: Random): string {
	return random.chance(0.15)
		? `${random.pick(urlPaths)}?a=1`
		: random.pick([...urlPaths, '/foo/barista', '/nothing']);
}

const routeHosts = (domain: string) => [
	`x.${domain}`,
	`y.${domain}`,
	`*.${domain}`,
	`deep.z.${domain}`,
	`*.z.${domain}`,
];

/** An HTTPRoute on a Gateway `gw`, with matches, weights and filters at random, some of them broken. */
export function generateRoute(
	name: string,
	{random, domain, other}: Where & {readonly other: string},
): string {
	return documentOf({
		apiVersion: 'gateway.networking.k8s.io/v1',
		kind: 'HTTPRoute',
		metadata: {name},
		spec: {
			parentRefs: [{name: 'gw', ...(random.chance(0.1) ? {sectionName: random.pick(['web', 'none'])} : {})}],
			hostnames: [random.pick(routeHosts(domain))],
			rules: Array.from({length: 1 + random.below(3)}, () => routeRule(random, other)),
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
		]);
		return {matches, filters: [{type: 'RequestRedirect', requestRedirect}]};
	}

	return {matches, backendRefs: backendRefs(random, other)};
}

function routeMatch(random: Random): object {
	return {
		path: {
			type: random.pick(['PathPrefix', 'PathPrefix', 'Exact']),
			value: random.pick(urlPaths.filter((path) => path !== '/foo/')),
		},
		...(random.chance(0.2) ? {method: random.pick(['GET', 'POST'])} : {}),
		...(random.chance(0.2) ? {headers: [{name: 'X-User', value: random.pick(['7', '8'])}]} : {}),
		...(random.chance(0.15) ? {queryParams: [{name: 'a', value: random.pick(['1', '2'])}]} : {}),
	};
}

function backendRefs(random: Random, other: string): readonly object[] {
	const ref = (name: string): object => ({
		name,
		port: name === 'portless' ? 9999 : 80,
		...(random.chance(0.1) ? {weight: random.below(3)} : {}),
	});
	switch (random.below(8)) {
		case 0:
			return [ref('a'), ref('b')];
		case 1:
			return [{name: random.pick(['granted', 'not-granted']), namespace: other, port: 80}];
		case 2:
			return [{name: 'a', port: 80, weight: 0}];
		default:
			return [ref(random.pick(backends))];
	}
}

export function askRoutes(count: number, {random, domain}: Where): readonly Question[] {
	const hosts = [
		`x.${domain}`,
		`y.${domain}`,
		`other.${domain}`,
		`deep.z.${domain}`,
		`a.z.${domain}`,
		`a.b.${domain}`,
	];
	return Array.from({length: count}, () => ({
		url: `http://${random.pick(hosts)}${askedPath(random)}`,
		method: random.pick(['GET', 'GET', 'POST']),
		headers: random.chance(0.4) ? [{name: 'x-user', value: random.pick(['7', '8'])}] : [],
	}));
}

function documentOf(object: object): string {
	return `---\n${JSON.stringify(object)}\n`;
}
