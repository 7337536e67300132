import type {Candidate, Candidates, Situation} from './situation.ts';
import type {Names} from './names.ts';
import {openNames} from './open-names.ts';

const types = {
	'svc/': 'Service',
	'ing/': 'Ingress',
	'httproute/': 'HTTPRoute',
	'grpcroute/': 'GRPCRoute',
	'gateway/': 'Gateway',
	'httpproxy/': 'HTTPProxy',
	'ingressroute/': 'IngressRoute',
	'ingressroutetcp/': 'IngressRouteTCP',
	'deploy/': 'Deployment',
	'sts/': 'StatefulSet',
	'ds/': 'DaemonSet',
	'pod/': 'Pod',
	'node/': 'Node',
} as const;

type Type = keyof typeof types;

const typeNames = Object.keys(types) as readonly Type[];

export async function namespaceValues(situation: Situation): Promise<Candidates> {
	return withNames(situation, async (names) => plain((await names.list('Namespace')).map(({name}) => name)));
}

export async function nodeValues(situation: Situation): Promise<Candidates> {
	return withNames(situation, async (names) => ({
		...plain((await names.list('Node')).map(({name}) => `${name}=`)),
		open: true,
	}));
}

/** `--from`. */
export async function sourceValues(situation: Situation): Promise<Candidates> {
	const {prefix} = situation;
	const kinds = ['pod/', 'deploy/', 'sts/', 'ds/'] as const;
	if (prefix.startsWith('node/')) {
		return withNames(situation, async (names) =>
			plain((await names.list('Node')).map(({name}) => `node/${name}`)),
		);
	}

	const type = kinds.find((each) => prefix.startsWith(each));
	return type
		? withNames(situation, (names) => objects(names, type, prefix))
		: {...plain(['external', ...kinds, 'node/']), open: true};
}

/** `knet dns NAME`: Services, as pods of other namespaces name them. */
export async function nameValues(situation: Situation): Promise<Candidates> {
	return withNames(situation, async (names) =>
		plain((await names.list('Service', '*')).map(({namespace, name}) => `${name}.${namespace}`)),
	);
}

/** `knet compare URL`. */
export async function urlValues(situation: Situation): Promise<Candidates> {
	return withNames(situation, async (names) => plain(await names.urls()));
}

/** TARGET in all its forms: a type and then a name, a URL of an Ingress, `svc web` with a space. */
export async function targetValues(situation: Situation): Promise<Candidates> {
	const {prefix, words} = situation;
	const [word, ...more] = words;
	if (word !== undefined) {
		const type = typeNames.find((each) => each === `${word}/`);
		return type && more.length === 0
			? withNames(situation, async (names) => plain((await names.list(types[type])).map(({name}) => name)))
			: {candidates: []};
	}

	const type = typeNames.find((each) => prefix.startsWith(each));
	if (type) {
		return withNames(situation, (names) => objects(names, type, prefix));
	}

	const isUrl = /^https?:/u.test(prefix);
	const begun = isUrl ? [] : typeNames.filter((each) => each.startsWith(prefix));
	return begun.length > 0 && prefix !== ''
		? {...plain(begun), open: true}
		: withNames(situation, async (names) => ({
				candidates: [...begun.map((value) => ({value})), ...(await names.urls()).map((value) => ({value}))],
				open: true,
			}));
}

/** Objects in the namespace of the line; with `svc/NAMESPACE/` those of that one. A Service's ports behind a colon. */
async function objects(names: Names, type: Type | 'pod/', prefix: string): Promise<Candidates> {
	const [, first = '', second] = prefix.split('/');
	const place = second === undefined ? '' : `${first}/`;
	const namespace = second === undefined ? undefined : first;
	const [name, port] = (second ?? first).split(':');
	if (type === 'svc/' && name !== undefined && port !== undefined) {
		return plain((await names.ports(name, namespace)).map((each) => `svc/${place}${name}:${each}`));
	}

	const listed = await names.list(types[type], namespace);
	return plain(listed.map((object) => `${type}${place}${object.name}`));
}

function plain(values: readonly string[]): {readonly candidates: readonly Candidate[]} {
	return {candidates: [...new Set(values)].toSorted().map((value) => ({value}))};
}

async function withNames(
	situation: Situation,
	ask: (names: Names) => Promise<Candidates>,
): Promise<Candidates> {
	const names = await openNames(situation);
	try {
		return await ask(names);
	} finally {
		await names.close();
	}
}
