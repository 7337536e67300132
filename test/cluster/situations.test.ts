import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {canAskFromOutside} from './helpers/environment.ts';
import {eventually} from './helpers/eventually.ts';
import {findingsOf, isHealthy, openKnet, type Knet} from './helpers/knet.ts';
import {prober} from './helpers/manifests.ts';
import {mishaps, textOfTarget} from './helpers/mishaps.ts';
import {apply, createNamespace, podsReady, removeNamespace} from './helpers/objects.ts';
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

describe.each(mishaps)('$name', ({targets, rootCauses, happen, mend}) => {
	test('is named as the root cause, with the symptom that is really seen, until it is mended', async () => {
		await happen(namespace);
		for (const target of targets) {
			const trace = await knet.until(questionOf(target), ({paths}) =>
				paths.every(({rootCause = ''}) => rootCauses.includes(rootCause)),
			);
			const [path] = trace.paths;
			expect(path?.verdict).toBe('broken');
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
