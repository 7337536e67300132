import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Trace} from '../../source/path/report.ts';
import {project} from '../../source/projection/project.ts';
import {canAskFromOutside, isAlone} from './helpers/environment.ts';
import {eventually} from './helpers/eventually.ts';
import {findingsOf, isHealthy, openKnet, type Knet} from './helpers/knet.ts';
import {prober, service} from './helpers/manifests.ts';
import {mishaps, textOfTarget} from './helpers/mishaps.ts';
import {apply, change, createNamespace, list, podsReady, removeNamespace} from './helpers/objects.ts';
import {addressOfController} from './helpers/outside.ts';
import {connectFrom, fetchFromOutside, type Seen} from './helpers/request.ts';
import {podsOfShop, shop} from './helpers/shop.ts';

let knet: Knet;
let namespace: string;
let address: string;

beforeAll(async () => {
	knet = await openKnet();
	namespace = await createNamespace('shop');
	await heal();
	address = await eventually(addressOfController, (found) => found !== '' || !canAskFromOutside);
});

afterAll(async () => {
	await removeNamespace(namespace);
	await knet.close();
});

async function heal(): Promise<void> {
	await apply(`${shop(namespace)}${prober()}`, namespace);
	await podsReady(namespace, podsOfShop + 1);
}

function questionOf(target: string) {
	const isUrl = target.startsWith('http');
	return {target: textOfTarget(target, namespace), namespace, ...(isUrl ? {} : {from: 'pod/prober'})};
}

/** What a request really comes to. */
async function real(target: string): Promise<Seen> {
	const text = textOfTarget(target, namespace);
	if (text.startsWith('http')) {
		return fetchFromOutside(text, address);
	}

	const [name, port] = text.slice('svc/'.length).split(':');
	return connectFrom({namespace, pod: 'prober'}, `${name}.${namespace}:${port}`);
}

function canAsk(target: string): boolean {
	return canAskFromOutside || !target.startsWith('http');
}

describe('a shop that works', () => {
	test.each(['svc/api:80', 'svc/web:80', 'svc/db:5432', 'http://{host}/api', 'http://{host}/'])(
		'%s is ok, without a warning, and answers',
		async (target) => {
			await knet.until(questionOf(target), isHealthy);
			if (canAsk(target)) {
				await eventually(
					() => real(target),
					(seen) => seen === 'ok' || seen === 'http-404',
				);
			}
		},
	);

	test('says of an ExternalName only what it is', async () => {
		const trace = await knet.trace(questionOf('svc/outside'));
		expect(findingsOf(trace).map(({code, severity}) => `${code} ${severity}`)).toEqual(['KNET517 info']);
	});

	test('stays ok over a rollout', async () => {
		await apply(
			shop(namespace).replaceAll('terminationGracePeriodSeconds: 1', 'terminationGracePeriodSeconds: 2'),
			namespace,
		);
		const verdicts = new Set<string>();
		await knet.until(questionOf('svc/api:80'), ({verdict, paths}) => {
			verdicts.add(verdict);
			return verdict === 'ok' && paths.length > 0;
		});
		await podsReady(namespace, podsOfShop + 1);
		await knet.until(questionOf('svc/api:80'), isHealthy);
		expect(verdicts.has('broken')).toBe(false);
	});
});

describe.each(mishaps)('$name', ({targets, rootCauses, isLeftOut, happen, mend}) => {
	const isSaid = (trace: Trace): boolean =>
		isLeftOut
			? findingsOf(trace).some(({code}) => rootCauses.includes(code))
			: trace.paths.every(({rootCause = ''}) => rootCauses.includes(rootCause));

	test('is named as the root cause, with the symptom that is really seen, until it is mended', async () => {
		await happen(namespace);
		for (const target of targets) {
			const trace = await knet.until(questionOf(target), isSaid);
			const [path] = trace.paths;
			expect(path?.verdict).toBe(isLeftOut ? 'degraded' : 'broken');
			if (canAsk(target)) {
				await eventually(
					async () => ({seen: await real(target), said: path?.symptom}),
					({seen, said}) => said === undefined || seen === said,
				);
			}
		}

		await mend?.(namespace);
		await heal();
		for (const target of targets) {
			await knet.until(questionOf(target), isHealthy);
		}
	});
});

const webPort = 'ports: [{name: http, port: 80, targetPort: 8081}]';

test('a wrong number as the target port is only a remark, for objects cannot tell what listens', async () => {
	await apply(service('numbered', `selector: {app: web}, ${webPort}`), namespace);
	const trace = await knet.until(questionOf('svc/numbered:80'), isHealthy);
	expect(findingsOf(trace).map(({code}) => code)).toContain('KNET506');
	await eventually(
		() => real('svc/numbered:80'),
		(seen) => seen === 'connection-refused',
	);
});

test('a load balancer that nobody gives is pending, and the Service works from inside', async () => {
	const pending = `type: LoadBalancer, loadBalancerClass: example.com/none, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]`;
	await apply(service('pending', pending), namespace);
	const outside = await knet.until({target: 'svc/pending:80', namespace, from: 'external'}, (trace) =>
		findingsOf(trace).some(({code}) => code === 'KNET201'),
	);
	expect(outside.verdict).not.toBe('ok');
	await knet.until(questionOf('svc/pending:80'), isHealthy);
	await eventually(
		() => real('svc/pending:80'),
		(seen) => seen === 'ok',
	);
});

// Nobody in the cluster resolves a name meanwhile.
test.runIf(isAlone)(
	"without a DNS pod every name fails, and the cluster's DNS is the root cause",
	async () => {
		const dns = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'coredns'};
		const wanted = (await list('apps/v1', 'Deployment', 'kube-system'))
			.map((wire) => project('Deployment', wire))
			.find(({name}) => name === 'coredns');
		await change(dns, 'kube-system', {spec: {replicas: 0}});
		try {
			const trace = await knet.until(questionOf('svc/web:80'), ({paths}) =>
				paths.every(({rootCause}) => rootCause === 'KNET122'),
			);
			await eventually(
				() => real('svc/web:80'),
				(seen) => trace.paths.some(({symptom}) => symptom === seen),
			);
		} finally {
			await change(dns, 'kube-system', {spec: {replicas: wanted?.replicas ?? 2}});
		}

		await knet.until(questionOf('svc/web:80'), isHealthy);
	},
);
