import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hostHelper, isAlone} from './helpers/environment.ts';
import {eventually} from './helpers/eventually.ts';
import {openKnet, type Knet} from './helpers/knet.ts';
import {readiness, server} from './helpers/manifests.ts';
import {apply, createNamespace, isReady, list, removeNamespace} from './helpers/objects.ts';
import {askHost} from './helpers/outside.ts';
import {compareProxyRules} from './helpers/read-proxy-rules.ts';
import {createRandom, seed} from './helpers/random.ts';
import {generateService} from './helpers/services.ts';
import type {Mode} from './proxy-rules.ts';
import {serviceProxyOn} from '../../source/path/kube-proxy/find-service-proxy.ts';

const services = 60;
let namespace: string;
let knet: Knet;

beforeAll(async () => {
	knet = await openKnet();
	namespace = await createNamespace('proxy');
	const random = createRandom(seed);
	const generated = Array.from({length: services}, (_, index) => generateService(`s${index}`, random));
	const workloads = [
		server('web', {replicas: 3}),
		server('local', {replicas: 1}),
		server('unready', {replicas: 1, container: readiness(9)}),
	];
	await apply([...workloads, ...generated].join(''), namespace);
	await eventually(
		async () => (await list('v1', 'Pod', namespace)).filter(isReady).length,
		(ready) => ready === 4,
	);
});

afterAll(async () => {
	await removeNamespace(namespace);
	await knet.close();
});

async function agree(mode: Mode): Promise<void> {
	const {compared} = await eventually(
		async () => compareProxyRules({mode, namespace}),
		({differences}) => differences.length === 0,
		{describe: (last) => `KNET_TEST_SEED=${seed} ${JSON.stringify(last, undefined, 1)}`},
	);
	expect(compared).toBeGreaterThan(services);
}

async function modeInPlace(): Promise<Mode> {
	const mode = await eventually(
		() => knet.evaluate((snapshot) => serviceProxyOn(snapshot, snapshot.list('Node')[0]).mode),
		(found) => found === 'iptables' || found === 'nftables',
	);
	return mode as Mode;
}

test('the mode that is in place holds what knet names', async () => {
	await agree(await modeInPlace());
});

// Every node's rules are written anew: only where nobody else is in the way.
describe.runIf(hostHelper !== undefined && isAlone)('after a change of mode', () => {
	test('the other mode holds what knet names, and the first one again', async () => {
		const mode = await modeInPlace();
		const other = mode === 'iptables' ? 'nftables' : 'iptables';
		await askHost('proxy-mode', other);
		try {
			await agree(other);
		} finally {
			await askHost('proxy-mode', mode);
		}

		await agree(mode);
	});
});
