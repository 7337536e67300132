import {backendNames} from './backends.ts';
import {documentOf, urlPaths, type Where} from './questions.ts';
import type {Random} from './random.ts';

/** How one controller's Ingresses differ from another's. */
export type Dialect = {
	/** Annotations of an Ingress. */
	readonly annotations: (random: Random, index: number) => Readonly<Record<string, string>>;
	/** Paths of type ImplementationSpecific, beside the usual ones. */
	readonly ownPaths: readonly string[];
	/** How often a rule may be of one rank with another: where nothing defines which of them wins, nothing is compared. */
	readonly doubles: number;
};

export type IngressWhere = Where & {readonly className: string; readonly dialect: Dialect};

const ingressHosts = (domain: string) => [
	`x.${domain}`,
	`y.${domain}`,
	`*.${domain}`,
	`deep.z.${domain}`,
	`*.z.${domain}`,
];

/** Ingresses with a few rules each, many of them for the same hosts. */
export function generateIngresses(count: number, where: IngressWhere): string {
	const {random, domain, className, dialect} = where;
	const taken = new Set<string>();
	return Array.from({length: count}, (_, index) => {
		const annotations = dialect.annotations(random, index);
		const most = Object.keys(annotations).some((key) => key.endsWith('router.priority')) ? 1 : 3;
		const rules = Array.from({length: 1 + random.below(Math.min(2, most))}, () => {
			const host = random.pick(ingressHosts(domain));
			const paths = Array.from({length: 1 + random.below(most)}, () => ingressPath(random, dialect));
			return {
				host,
				http: {
					paths: paths.filter(
						(path) => isNew(taken, `${host} ${rankOf(path)}`) || random.chance(dialect.doubles),
					),
				},
			};
		}).filter(({http: {paths}}) => paths.length > 0);
		return documentOf({
			apiVersion: 'networking.k8s.io/v1',
			kind: 'Ingress',
			metadata: {name: `i${index}`, annotations},
			spec: {
				ingressClassName: className,
				// An Ingress must have a rule or a default backend.
				rules: rules.length > 0 ? rules : [{host: `i${index}.none.${domain}`}],
				tls: random.chance(0.2) ? [tlsOf(random, domain)] : undefined,
			},
		});
	}).join('');
}

/** A Secret that fits, one that does not exist, or none. */
function tlsOf(random: Random, domain: string): object {
	const secretName = random.pick(['certificate', 'certificate', 'no-certificate', undefined]);
	return {hosts: [random.pick([`x.${domain}`, `y.${domain}`])], secretName};
}

/** Ingresses that take any host: by a rule without one, by a default backend alone, and by one beside rules. */
export function generateCatchAlls({random, className, domain, dialect}: IngressWhere): string {
	const backend = (name: string) => ({service: {name, port: {name: 'http'}}});
	const specs = [
		{rules: [{http: {paths: [{...ingressPath(random, dialect), path: '/foo', pathType: 'Prefix'}]}}]},
		{defaultBackend: backend(random.pick(['a', 'b']))},
		{
			defaultBackend: backend(random.pick(['c', 'd'])),
			rules: [
				{host: `y.${domain}`, http: {paths: [{path: '/only', pathType: 'Exact', backend: backend('a')}]}},
			],
		},
	];
	return specs
		.map((spec, index) =>
			documentOf({
				apiVersion: 'networking.k8s.io/v1',
				kind: 'Ingress',
				metadata: {name: `any${index}`},
				spec: {ingressClassName: className, ...spec},
			}),
		)
		.join('');
}

function isNew(taken: Set<string>, key: string): boolean {
	const known = taken.has(key);
	taken.add(key);
	return !known;
}

type IngressPath = {readonly path: string; readonly pathType: string; readonly backend: object};

function rankOf({path, pathType}: IngressPath): string {
	return `${path.replace(/(?<=.)\/$/u, '')} ${pathType === 'Exact' ? 'Exact' : 'Prefix'}`;
}

function ingressPath(random: Random, {ownPaths}: Dialect): IngressPath {
	const name = random.pick(backendNames);
	const isNamed = name !== 'portless' && random.chance(0.8);
	const port = isNamed ? {name: 'http'} : {number: name === 'portless' ? 9999 : 80};
	const pathType = random.pick(['Exact', 'Prefix', 'Prefix', 'ImplementationSpecific']);
	return {path: pathOf(pathType, random, ownPaths), pathType, backend: {service: {name, port}}};
}

function pathOf(pathType: string, random: Random, ownPaths: readonly string[]): string {
	switch (pathType) {
		case 'Exact':
			// Traefik goes by the length of its rule: an exact path and a prefix six characters shorter are of one rank.
			return random.pick(['/foo', '/bar', '/Foo', '/foo/bar/baz']);
		case 'ImplementationSpecific':
			return random.pick([...urlPaths, ...ownPaths]);
		default:
			return random.pick(urlPaths);
	}
}
