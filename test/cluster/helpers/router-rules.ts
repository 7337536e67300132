import {image, pullPolicy} from './environment.ts';
import type {Question} from './questions.ts';
import type {Random} from './random.ts';

type Where = {readonly random: Random; readonly domain: string};

const urlPaths = [
	'/',
	'/foo',
	'/foo/',
	'/foo/bar',
	'/foobar',
	'/Foo',
	'/bar',
	'/foo/bar/baz',
	'/f',
	'/v1/foo',
];
const services = ['a', 'a', 'b', 'b', 'c', 'd', 'empty', 'missing', 'portless'];

/** Requests for hosts of a domain, with a method, headers and a query now and then. */
export function askHosts(count: number, {random, domain}: Where): readonly Question[] {
	return Array.from({length: count}, () => {
		const host = `${random.pick(['x', 'y', 'z', 'any', 'a.deep'])}.${domain}`;
		const query = random.pick(['', '', '', '?q=1', '?q', '?q=2&r=x']);
		return {
			url: `http://${host}${random.pick(urlPaths)}${query}`,
			method: random.pick(['GET', 'GET', 'GET', 'POST']),
			headers: random.chance(0.4)
				? [{name: random.pick(['x-beta', 'X-Beta', 'x-user']), value: random.pick(['1', '2', 'yes'])}]
				: [],
		};
	});
}

/** HTTPProxies: three roots that include others, one host that two roots name, and one that nothing includes. */
export function generateHttpProxies({random, domain}: Where): string {
	const children = Array.from({length: 6}, (_, index) => `child-${index}`);
	const roots = ['x', 'y', '*'].map((label, index) =>
		proxy(`root-${index}`, {
			virtualhost: {fqdn: `${label}.${domain}`},
			includes: [random.pick(children), random.pick(children), 'nobody']
				.filter(() => random.chance(0.8))
				.map((name) => ({name, conditions: includeConditions(random)})),
			routes: routes(random, 4),
		}),
	);
	const twins = ['one', 'two'].map((name) =>
		proxy(name, {virtualhost: {fqdn: `z.${domain}`}, routes: routes(random, 1)}),
	);
	return [...roots, ...twins, ...children.map((name) => proxy(name, {routes: routes(random, 3)}))].join('');
}

function proxy(name: string, spec: object): string {
	return documentOf('projectcontour.io/v1', 'HTTPProxy', name, spec);
}

function documentOf(apiVersion: string, kind: string, name: string, spec: object): string {
	return `---\n${JSON.stringify({apiVersion, kind, metadata: {name}, spec})}\n`;
}

function includeConditions(random: Random): readonly object[] {
	return [
		{prefix: random.pick(['/', '/foo', '/v1', '/foo/'])},
		...(random.chance(0.3) ? [headerCondition(random)] : []),
	];
}

function headerCondition(random: Random): object {
	const test = random.pick([
		{present: true},
		{notpresent: true},
		{exact: '1'},
		{notexact: '1'},
		{contains: 'e'},
		{notcontains: 'e', treatMissingAsEmpty: true},
		{regex: '[0-9]+'},
	]);
	return {header: {name: random.pick(['x-beta', 'x-user']), ...test}};
}

function queryCondition(random: Random): object {
	return {queryParameter: {name: 'q', ...random.pick([{present: true}, {exact: '1'}, {prefix: '2'}])}};
}

function routes(random: Random, most: number): readonly object[] {
	return Array.from({length: 1 + random.below(most)}, () => ({
		conditions: [
			random.pick([
				{prefix: random.pick(urlPaths)},
				{prefix: random.pick(urlPaths)},
				{exact: random.pick(urlPaths)},
				{regex: random.pick(['/fo+', '/foo/.*', '/v[0-9]/.*'])},
			]),
			...(random.chance(0.3) ? [headerCondition(random)] : []),
			...(random.chance(0.2) ? [queryCondition(random)] : []),
		],
		...action(random),
	}));
}

function action(random: Random): object {
	if (random.chance(0.1)) {
		return {requestRedirectPolicy: {hostname: 'to.example.com', statusCode: 301}};
	}

	return random.chance(0.1)
		? {directResponsePolicy: {statusCode: random.pick([200, 404, 503])}}
		: {services: [{name: random.pick(services), port: 80}]};
}

const hostMatchers = (domain: string) => [
	`Host(\`x.${domain}\`)`,
	`Host(\`y.${domain}\`)`,
	`(Host(\`x.${domain}\`) || Host(\`z.${domain}\`))`,
	`HostRegexp(\`^[a-z]+\\.${domain.replaceAll('.', String.raw`\.`)}$\`)`,
];

const matchers = [
	'PathPrefix(`/foo`)',
	'PathPrefix(`/foo/`)',
	'Path(`/foo`)',
	'Path(`/bar`)',
	'PathRegexp(`^/fo+$`)',
	'PathRegexp(`bar`)',
	'!PathPrefix(`/foo`)',
	'Method(`POST`)',
	'!Method(`POST`)',
	'Header(`X-Beta`, `1`)',
	'HeaderRegexp(`x-user`, `^[0-9]$`)',
	'Query(`q`)',
	'Query(`q`, `1`)',
	'QueryRegexp(`q`, `[12]`)',
	'(Path(`/`) || PathPrefix(`/v1`))',
	'Nothing(`x`)',
];

const syntaxTwo = [
	'PathPrefix(`/foo`, `/v1`)',
	'Path(`/{id:f.*}`)',
	'Headers(`X-Beta`, `1`)',
	'Query(`q=1`)',
];

/** IngressRoutes of all matchers, with priorities, middlewares and weighted services of every kind. */
export function generateIngressRoutes(count: number, {random, domain}: Where): string {
	return Array.from({length: count}, (_, index) =>
		traefik('IngressRoute', `r${index}`, {
			...(random.chance(0.1) ? {entryPoints: [random.pick(['web', 'websecure'])]} : {}),
			routes: Array.from({length: 1 + random.below(2)}, (__, place) => {
				const isOld = random.chance(0.15);
				const more = random.chance(0.7) ? [random.pick(isOld ? syntaxTwo : matchers)] : [];
				const own = `Host(\`x.${domain}\`)`;
				const match = [isOld ? own : random.pick(hostMatchers(domain)), ...more].join(' && ');
				return {
					match,
					kind: 'Rule',
					...(isOld ? {syntax: 'v2'} : {}),
					// Equal priorities have no order: each rule gets one of its own.
					priority: match.length * 100 + index * 2 + place,
					...(random.chance(0.35) ? {middlewares: [{name: random.pick(middlewares)}]} : {}),
					services: [routedTo(random)],
				};
			}),
		}),
	).join('');
}

const middlewares = ['strip', 'secure', 'nobody', 'login', 'chained', 'plain', 'open'];

function routedTo(random: Random): object {
	return random.chance(0.15)
		? {kind: 'TraefikService', name: random.pick(['half', 'mirror', 'gone'])}
		: {name: random.pick(services), port: random.pick([80, 'http'])};
}

function traefik(kind: string, name: string, spec: object): string {
	return documentOf('traefik.io/v1alpha1', kind, name, spec);
}

/** What IngressRoutes name beside Services. */
export function traefikParts(): string {
	return [
		traefik('Middleware', 'strip', {stripPrefix: {prefixes: ['/foo']}}),
		traefik('Middleware', 'secure', {redirectScheme: {scheme: 'https', permanent: true}}),
		traefik('Middleware', 'login', {basicAuth: {secret: 'users'}}),
		traefik('Middleware', 'chained', {chain: {middlewares: [{name: 'strip'}, {name: 'secure'}]}}),
		traefik('Middleware', 'plain', {headers: {customRequestHeaders: {'X-A': '1'}}}),
		traefik('Middleware', 'open', {ipAllowList: {sourceRange: ['0.0.0.0/0']}}),
		traefik('TraefikService', 'half', {
			weighted: {
				services: [
					{name: 'a', port: 80, weight: 1},
					{name: 'b', port: 80, weight: 0},
				],
			},
		}),
		traefik('TraefikService', 'mirror', {
			mirroring: {name: 'c', port: 80, mirrors: [{name: 'd', port: 80, percent: 10}]},
		}),
		`---\n${JSON.stringify({apiVersion: 'v1', kind: 'Secret', metadata: {name: 'users'}, stringData: {users: 'u:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/'}})}\n`,
	].join('');
}

/** A Traefik of the test's own, which reads only its kinds of objects, in one namespace. */
export function traefikFor(namespace: string, image: string): string {
	const rules = [
		{
			apiGroups: [''],
			resources: ['services', 'secrets', 'nodes', 'namespaces', 'configmaps'],
			verbs: ['get', 'list', 'watch'],
		},
		{apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch']},
		{apiGroups: ['networking.k8s.io'], resources: ['ingressclasses'], verbs: ['get', 'list', 'watch']},
		{apiGroups: ['traefik.io'], resources: ['*'], verbs: ['get', 'list', 'watch']},
	];
	const args = [
		'--entrypoints.web.address=:8000',
		'--entrypoints.websecure.address=:8443',
		'--entrypoints.websecure.http.tls=true',
		'--ping=true',
		'--entrypoints.traefik.address=:8080',
		'--providers.kubernetescrd',
		`--providers.kubernetescrd.namespaces=${namespace}`,
	];
	const labels = {'app.kubernetes.io/name': 'traefik-of-test'};
	const ports = [
		{name: 'web', containerPort: 8000},
		{name: 'websecure', containerPort: 8443},
		{name: 'traefik', containerPort: 8080},
	];
	const container = {
		name: 'traefik',
		image,
		imagePullPolicy: 'IfNotPresent',
		args,
		ports,
		readinessProbe: {httpGet: {path: '/ping', port: 'traefik'}, periodSeconds: 1},
	};
	const role = {kind: 'ClusterRole', name: namespace};
	return [
		{apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'traefik'}},
		{
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'ClusterRole',
			metadata: {name: namespace, namespace: undefined},
			rules,
		},
		{
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'ClusterRoleBinding',
			metadata: {name: namespace},
			roleRef: {apiGroup: 'rbac.authorization.k8s.io', ...role},
			subjects: [{kind: 'ServiceAccount', name: 'traefik', namespace}],
		},
		{
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: 'traefik'},
			spec: {
				selector: {matchLabels: labels},
				template: {metadata: {labels}, spec: {serviceAccountName: 'traefik', containers: [container]}},
			},
		},
		{
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name: 'traefik'},
			spec: {
				type: 'LoadBalancer',
				selector: labels,
				ports: [
					{name: 'web', port: 80, targetPort: 'web'},
					{name: 'websecure', port: 443, targetPort: 'websecure'},
				],
			},
		},
	]
		.map((object) => `---\n${JSON.stringify(object)}\n`)
		.join('');
}

/** A pod that answers over TLS, by the certificate of Secret `cert`. */
export function tlsServer(): string {
	const container = {
		name: 'main',
		image,
		imagePullPolicy: pullPolicy,
		args: ['porter'],
		env: [
			{name: 'SERVE_TLS_PORT_8443', value: 'secure-0-0'},
			{name: 'CERT_FILE', value: '/tls/tls.crt'},
			{name: 'KEY_FILE', value: '/tls/tls.key'},
		],
		ports: [{name: 'https', containerPort: 8443}],
		volumeMounts: [{name: 'tls', mountPath: '/tls'}],
		readinessProbe: {tcpSocket: {port: 8443}, periodSeconds: 1},
	};
	const labels = {app: 'secure'};
	const spec = {containers: [container], volumes: [{name: 'tls', secret: {secretName: 'cert'}}]};
	return [
		{
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: 'secure'},
			spec: {selector: {matchLabels: labels}, template: {metadata: {labels}, spec}},
		},
		{
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name: 'secure'},
			spec: {selector: labels, ports: [{name: 'https', port: 443, targetPort: 'https'}]},
		},
	]
		.map((object) => `---\n${JSON.stringify(object)}\n`)
		.join('');
}

const toA = {services: [{name: 'a', port: 80}]};

/** HTTPProxies with TLS of every kind, by the first label of their host. */
export function tlsProxies(domain: string): string {
	const secure = [{name: 'secure', port: 443}];
	const specs: Readonly<Record<string, {readonly tls?: object; readonly [field: string]: unknown}>> = {
		ends: {
			tls: {secretName: 'cert'},
			routes: [toA, {...toB, conditions: [{prefix: '/b'}], permitInsecure: true}],
		},
		missing: {tls: {secretName: 'nobody'}, routes: [toA]},
		plain: {routes: [toA]},
		passes: {
			tls: {passthrough: true},
			tcpproxy: {services: secure},
			routes: [{...toB, permitInsecure: true}],
		},
		'passes-nowhere': {tls: {passthrough: true}, tcpproxy: {services: [{name: 'missing', port: 443}]}},
		'passes-empty': {tls: {passthrough: true}, tcpproxy: {services: [{name: 'empty', port: 80}]}},
		'ends-tcp': {tls: {secretName: 'cert'}, tcpproxy: {include: {name: 'tcp'}}},
		'without-tcp': {tls: {passthrough: true}, routes: [toA]},
		'without-tls': {tcpproxy: {services: secure}, routes: [toA]},
		both: {tls: {passthrough: true, secretName: 'cert'}, routes: [toA]},
	};
	const roots = Object.entries(specs).map(([label, {tls, ...spec}]) =>
		proxy(label, {virtualhost: {fqdn: `${label}.${domain}`, ...(tls ? {tls} : {})}, ...spec}),
	);
	return [...roots, proxy('tcp', {tcpproxy: {services: [{name: 'b', port: 80}]}})].join('');
}

const toB = {services: [{name: 'b', port: 80}]};

/** IngressRoutes and IngressRouteTCPs with TLS of every kind, by the first label of their host. */
export function tlsRoutes(domain: string): string {
	const host = (label: string, more = '') => `Host(\`${label}.${domain}\`)${more}`;
	const sni = (label: string) => `HostSNI(\`${label}.${domain}\`)`;
	const http = (label: string, spec: object, services: readonly object[] = toA.services) =>
		traefik('IngressRoute', label, {routes: [{kind: 'Rule', match: host(label), services}], ...spec});
	const tcp = (
		name: string,
		match: string,
		{tls, services}: {readonly tls?: object; readonly services: readonly object[]},
	) =>
		traefik('IngressRouteTCP', name, {
			entryPoints: ['websecure'],
			routes: [{match, services}],
			...(tls ? {tls} : {}),
		});
	const secure = [{name: 'secure', port: 443}];
	const passthrough = {passthrough: true};
	return [
		http('ends', {entryPoints: ['websecure'], tls: {secretName: 'cert'}}),
		http('missing', {entryPoints: ['websecure'], tls: {secretName: 'nobody'}}),
		http('plain', {entryPoints: ['web']}),
		http('anywhere', {}),
		http('tls-anywhere', {tls: {}}),
		traefik('IngressRoute', 'any', {
			entryPoints: ['websecure'],
			routes: [{kind: 'Rule', match: 'PathPrefix(`/b`)', services: toB.services}],
		}),
		tcp('passes', sni('passes'), {tls: passthrough, services: secure}),
		tcp('passes-pattern', `HostSNIRegexp(\`^re[0-9]\\.${domain.replaceAll('.', String.raw`\.`)}$\`)`, {
			tls: passthrough,
			services: secure,
		}),
		tcp('passes-nowhere', sni('passes-nowhere'), {
			tls: passthrough,
			services: [{name: 'missing', port: 443}],
		}),
		tcp('passes-empty', sni('passes-empty'), {tls: passthrough, services: [{name: 'empty', port: 80}]}),
		tcp('loses', sni('ends'), {tls: passthrough, services: secure}),
	].join('');
}

/** Each host by http and https, for two paths. */
export function askEach(labels: readonly string[], domain: string): readonly Question[] {
	return labels.flatMap((label) =>
		['http', 'https'].flatMap((scheme) =>
			['/', '/b'].map((path) => ({url: `${scheme}://${label}.${domain}${path}`, method: 'GET', headers: []})),
		),
	);
}
