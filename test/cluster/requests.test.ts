import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Trace} from '../../source/path/report.ts';
import {parseTarget} from '../../source/path/target-text.ts';
import {walk} from '../../source/path/walk/walk.ts';
import {canAskFromOutside, gatewayPort} from './helpers/environment.ts';
import {eventually} from './helpers/eventually.ts';
import {findingsOf, openKnet, type Knet} from './helpers/knet.ts';
import {server, service} from './helpers/manifests.ts';
import {apply, createNamespace, list, podsReady, removeNamespace} from './helpers/objects.ts';
import {addressOfController, askFromOutside, type Answered} from './helpers/outside.ts';
import {createRandom, seed} from './helpers/random.ts';
import {askIngresses, askRoutes, generateIngresses, generateRoute, type Question} from './helpers/rules.ts';

const requests = 420;
/** At least so many must be left when those are put aside of which nothing is said. */
const enough = 200;
const random = createRandom(seed);
let knet: Knet;
let namespace: string;
let other: string;

const ports = 'ports: [{name: http, port: 80, targetPort: http}]';
const named = (name: string, more = ports) => service(name, `selector: {app: ${name}}, ${more}`);
const byName = (name: string) => server(name, {replicas: 1, args: '[serve-hostname, --port=8080]'});

beforeAll(async () => {
	knet = await openKnet();
	[namespace, other] = await Promise.all([createNamespace('requests'), createNamespace('granting')]);
	const servers = ['a', 'b', 'c', 'd'].flatMap((name) => [byName(name), named(name)]);
	const broken = [
		named('empty'),
		named('portless'),
		service('misnamed', 'selector: {app: a}, ports: [{name: http, port: 80, targetPort: nobody-has-it}]'),
	];
	await apply([...servers, ...broken].join(''), namespace);
	await apply(['granted', 'not-granted'].flatMap((name) => [byName(name), named(name)]).join(''), other);
	await podsReady(namespace, 4);
	await podsReady(other, 2);
});

afterAll(async () => {
	await Promise.all([removeNamespace(namespace), removeNamespace(other)]);
	await knet.close();
});

/** Outcomes that a trace allows: `200 a`, `404`, `302 http://…`. */
function outcomesOf({paths}: Trace): readonly string[] {
	return paths.flatMap(({hops, symptom, verdict}) => {
		const route = hops.find(({kind}) => kind === 'route')?.details as
			| {readonly changes?: readonly string[]}
			| undefined;
		const redirect = /redirects to (?<to>\S+) \((?<status>\d+)\)/u.exec(route?.changes?.join() ?? '')?.groups;
		if (redirect) {
			return [`${redirect['status']} ${redirect['to']}`];
		}

		const backend = hops.find(({kind}) => kind === 'service')?.subject?.name ?? '';
		return [verdict === 'broken' ? (symptom ?? 'broken').replace('http-', '') : `200 ${backend}`];
	});
}

/**
Rules of equal rank (KNET405), of which the controller may take either, and a rule that is left out so that another answers: the
client may see anything.
*/
function isOpen(trace: Trace): boolean {
	return (
		findingsOf(trace).some(({code}) => code === 'KNET405') ||
		trace.paths.some(({verdict, symptom}) => verdict === 'broken' && symptom === undefined)
	);
}

function outcomeOf({exit, status, body, location}: Answered): string {
	if (exit !== 0 || status >= 400) {
		return exit === 0 ? String(status) : `curl ${exit}`;
	}

	return `${status} ${status === 200 ? body.replace(/-[^-]+-[^-]+$/u, '') : location}`;
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

/** The first rules that were written may still be on their way to the controller: what differs must go on differing. */
async function agree(questions: readonly Question[]): Promise<void> {
	const address = await eventually(addressOfController, (found) => found !== '');
	const {evaluated} = await eventually(
		async () => {
			const [traces, answers] = [await tracesOf(questions), await askFromOutside(questions, address)];
			const all = questions.map((question, index) => {
				const trace = traces[index]!;
				const [predicted, seen] = [outcomesOf(trace), outcomeOf(answers[index]!)];
				return {...question, predicted, seen, open: isOpen(trace)};
			});
			const closed = all.filter(({open}) => !open);
			const differences = closed.filter(({predicted, seen}) => !predicted.includes(seen));
			return {evaluated: closed.length, differences};
		},
		({differences}) => differences.length === 0,
		{
			within: 30_000,
			describe: (last) =>
				[
					`KNET_TEST_SEED=${seed}`,
					...(last as {readonly differences: readonly object[]}).differences.map((each) =>
						JSON.stringify(each),
					),
				].join('\n'),
		},
	);
	expect(evaluated).toBeGreaterThanOrEqual(enough);
}

describe.runIf(canAskFromOutside)('what a client gets', () => {
	test('by Ingresses is what is named, from the backend that is named', async () => {
		const where = {random, domain: `${namespace}.example.com`};
		await apply(generateIngresses(20, where), namespace);
		await agree(askIngresses(requests, where));
	});

	test('by HTTPRoutes is what is named, from the backend that is named', async (context) => {
		const classes = await list('gateway.networking.k8s.io/v1', 'GatewayClass').catch(() => []);
		const className = classes[0] && (classes[0]['metadata'] as {readonly name: string}).name;
		context.skip(className === undefined, 'no GatewayClass here');
		const where = {random, domain: `gw-${namespace}.example.com`, other};
		const listener = `{name: web, protocol: HTTP, port: ${gatewayPort}, hostname: "*.${where.domain}"}`;
		const gateway = `{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: gw}, spec: {gatewayClassName: ${className}, listeners: [${listener}]}}`;
		const grant = `{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: granted}, spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: ${namespace}}], to: [{group: "", kind: Service, name: granted}]}}`;
		await apply(gateway, namespace);
		await apply(grant, other);
		await apply(
			Array.from({length: 14}, (_, index) => generateRoute(`r${index}`, where)).join(''),
			namespace,
		);
		await agree(askRoutes(requests, where));
	});
});
