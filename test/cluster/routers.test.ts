import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Path, Trace} from '../../source/path/report.ts';
import {parseTarget} from '../../source/path/target-text.ts';
import {walk} from '../../source/path/walk/walk.ts';
import {createAuthority} from '../helpers/certificates.ts';
import {canAskFromOutside, traefikImage} from './helpers/environment.ts';
import {eventually} from './helpers/eventually.ts';
import {openKnet, type Knet} from './helpers/knet.ts';
import {server, service} from './helpers/manifests.ts';
import {apply, createNamespace, list, podsReady, remove, removeNamespace} from './helpers/objects.ts';
import {askFromOutside, type Answered} from './helpers/outside.ts';
import {createRandom, seed} from './helpers/random.ts';
import {
	askEach,
	askHosts,
	generateHttpProxies,
	generateIngressRoutes,
	tlsProxies,
	tlsRoutes,
	tlsServer,
	traefikFor,
	traefikParts,
} from './helpers/router-rules.ts';
import type {Question} from './helpers/questions.ts';

const requests = 300;
const enough = 200;
let knet: Knet;
let namespace: string;

const ports = 'ports: [{name: http, port: 80, targetPort: http}]';
const named = (name: string, more = ports) => service(name, `selector: {app: ${name}}, ${more}`);
const byName = (name: string) => server(name, {replicas: 1, args: '[serve-hostname, --port=8080]'});

beforeAll(async () => {
	knet = await openKnet();
	namespace = await createNamespace('routers');
	const servers = ['a', 'b', 'c', 'd'].flatMap((name) => [byName(name), named(name)]);
	const broken = [named('empty'), named('portless', 'ports: [{name: other, port: 81}]')];
	await apply([...servers, ...broken].join(''), namespace);
	await podsReady(namespace, 4);
	if (traefikImage !== undefined && (await isServed('traefik.io/v1alpha1', 'IngressRoute'))) {
		await apply(traefikFor(namespace, traefikImage), namespace);
		await podsReady(namespace, 5);
	}
});

afterAll(async () => {
	const of = {apiVersion: 'rbac.authorization.k8s.io/v1', name: namespace};
	await Promise.all([remove({...of, kind: 'ClusterRole'}), remove({...of, kind: 'ClusterRoleBinding'})]);
	await removeNamespace(namespace);
	await knet.close();
});

/** Outcomes that a trace allows: `200 a`, `404`, `301 http://…`; empty where it says that it does not know. */
function outcomesOf({paths, verdict}: Trace): readonly string[] {
	if (verdict === 'unknown') {
		return [];
	}

	return paths.map((path) => byRoute(path) ?? byBackend(path));
}

/** What the rule answers by itself. */
function byRoute({hops}: Path): string | undefined {
	const details = hops.find(({kind}) => kind === 'route')?.details as
		| {readonly changes?: readonly string[]}
		| undefined;
	const changes = details?.changes?.join() ?? '';
	const redirect = /redirects to (?<to>\S+) \((?<status>\d+)\)/u.exec(changes)?.groups;
	const summary = hops.find(({kind}) => kind === 'service')?.summary ?? '';
	const answer = /^answered by the rule: (?<status>\d+)$/u.exec(summary)?.groups;
	return changes.includes('answers 401')
		? '401'
		: redirect
			? `${redirect['status']} ${withoutQuery(redirect['to'] ?? '')}`
			: answer?.['status'];
}

/** `?q` and `?q=` are one to knet. */
function withoutQuery(url: string): string {
	return url.replace(/\?.*$/u, '');
}

function byBackend({hops, symptom, verdict}: Path): string {
	const backend = hops.find(({kind}) => kind === 'service')?.subject?.name ?? '';
	return verdict === 'broken' ? (symptom ?? 'broken').replace('http-', '') : `200 ${backend}`;
}

function outcomeOf({exit, status, body, location}: Answered): string {
	if (exit !== 0) {
		return exit === 35 ? 'tls-error' : `curl ${exit}`;
	}

	const backend = body.replace(/-[^-]+-[^-]+$/u, '');
	return status === 200 && body !== ''
		? `200 ${backend}`
		: location === ''
			? String(status)
			: `${status} ${withoutQuery(location)}`;
}

function tracesOf(questions: readonly Question[]): Promise<readonly Trace[]> {
	return knet.evaluate((snapshot) =>
		questions.map(({url, method, headers}) => {
			const parsed = parseTarget(url, {method, headers});
			if ('problem' in parsed) {
				throw new Error(parsed.problem);
			}

			return walk(snapshot, {target: parsed.value});
		}),
	);
}

/** Where clients reach the controller: the address that most load balancer hops name, for others have rules for any host. */
function addressOf(traces: readonly Trace[]): string {
	const hops = traces.flatMap(({paths}) => paths.flatMap((path) => path.hops));
	const all = hops.flatMap(({kind, details}) =>
		kind === 'load-balancer' ? ((details as {readonly addresses?: readonly string[]})?.addresses ?? []) : [],
	);
	const groups = [...Map.groupBy(all, (address) => address).values()];
	return groups.toSorted((a, b) => b.length - a.length)[0]?.[0] ?? '';
}

async function agree(questions: readonly Question[], least = enough): Promise<void> {
	const {evaluated} = await eventually(
		async () => {
			const traces = await tracesOf(questions);
			const answers = await askFromOutside(questions, addressOf(traces));
			const all = questions.map((question, index) => ({
				...question,
				predicted: outcomesOf(traces[index]!),
				seen: outcomeOf(answers[index]!),
			}));
			const closed = all.filter(({predicted}) => predicted.length > 0);
			const differences = closed.filter(({predicted, seen}) => !predicted.includes(seen));
			return {evaluated: closed.length, differences};
		},
		({differences}) => differences.length === 0,
		{
			within: 90_000,
			describe: (last) =>
				[
					`KNET_TEST_SEED=${seed}`,
					...(last as {readonly differences: readonly object[]}).differences.map((each) =>
						JSON.stringify(each),
					),
				].join('\n'),
		},
	);
	expect(evaluated).toBeGreaterThanOrEqual(least);
}

function tlsSecret(domain: string): string {
	const {cert, key} = createAuthority().issue('test', {names: [`*.${domain}`]});
	const metadata = {name: 'cert'};
	const stringData = {'tls.crt': cert, 'tls.key': key};
	return `---\n${JSON.stringify({apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata, stringData})}\n`;
}

async function isServed(apiVersion: string, kind: string): Promise<boolean> {
	return list(apiVersion, kind).then(
		() => true,
		() => false,
	);
}

describe.runIf(canAskFromOutside)('what a client gets by routers of their own', () => {
	test('by HTTPProxies is what is named, from the backend that is named', async (context) => {
		context.skip(!(await isServed('projectcontour.io/v1', 'HTTPProxy')), 'no HTTPProxy here');
		const where = {random: createRandom(seed), domain: `proxies.${namespace}.example.com`};
		await apply(generateHttpProxies(where), namespace);
		await agree(askHosts(requests, where));
	});

	test('by HTTPProxies with TLS is what is named', async (context) => {
		context.skip(!(await isServed('projectcontour.io/v1', 'HTTPProxy')), 'no HTTPProxy here');
		const domain = `tls-proxies.${namespace}.example.com`;
		await apply(tlsSecret(domain) + tlsServer() + tlsProxies(domain), namespace);
		const labels = ['ends', 'missing', 'plain', 'passes', 'passes-nowhere', 'passes-empty'];
		const more = ['ends-tcp', 'without-tcp', 'without-tls', 'both'];
		await agree(askEach([...labels, ...more], domain), 36);
	});

	test('by IngressRoutes is what is named, from the backend that is named', async (context) => {
		const isHere = await isServed('traefik.io/v1alpha1', 'IngressRoute');
		context.skip(!isHere || traefikImage === undefined, 'no IngressRoute here, or no image of Traefik');
		const where = {random: createRandom(seed), domain: `routes.${namespace}.example.com`};
		await apply(traefikParts() + generateIngressRoutes(24, where), namespace);
		await agree(askHosts(requests, where));
		const domain = `tls-routes.${namespace}.example.com`;
		await apply(tlsSecret(domain) + tlsServer() + tlsRoutes(domain), namespace);
		const labels = ['ends', 'missing', 'plain', 'anywhere', 'tls-anywhere'];
		const more = ['passes', 're1', 'passes-nowhere', 'passes-empty'];
		await agree(askEach([...labels, ...more], domain), 36);
	});
});
