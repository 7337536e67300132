import {project} from '../../source/projection/project.ts';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Wire} from '../../source/projection/wire.ts';
import {compareSlices} from './endpoint-slices.ts';
import {eventually} from './helpers/eventually.ts';
import {readiness, server, service} from './helpers/manifests.ts';
import {
	apply,
	change,
	createNamespace,
	isReady,
	list,
	podsReady,
	remove,
	removeNamespace,
} from './helpers/objects.ts';

let namespace: string;

const deployment = (name: string) => ({apiVersion: 'apps/v1', kind: 'Deployment', name});
const ports = '[{name: http, port: 80, targetPort: http}, {name: by-number, port: 81, targetPort: 8080}]';
const selector = 'selector: {tier: front}';
const servers = [
	server('web', {labels: {tier: 'front', app: 'web'}, replicas: 3}),
	// The same name for another number: a slice for each.
	server('other', {
		labels: {tier: 'front', app: 'other'},
		replicas: 1,
		port: 9090,
		container: readiness(9090),
	}),
	server('unready', {labels: {tier: 'front', app: 'unready'}, replicas: 1, container: readiness(9)}),
].join('');
const services = [
	service('plain', `${selector}, ports: ${ports}`),
	service('headless', `clusterIP: None, ${selector}, ports: ${ports}`),
	service('portless', `clusterIP: None, ${selector}`),
	service('published', `publishNotReadyAddresses: true, ${selector}, ports: ${ports}`),
	service('nameless', `${selector}, ports: [{port: 80, targetPort: nobody-has-it}]`),
	service('nobody', 'selector: {tier: none}, ports: [{port: 80}]'),
	service('dual', `ipFamilyPolicy: PreferDualStack, ${selector}, ports: ${ports}`),
	service('near', `trafficDistribution: PreferClose, ${selector}, ports: ${ports}`),
	service('selectorless', 'ports: [{port: 80}]'),
].join('');

beforeAll(async () => {
	namespace = await createNamespace('slices');
	await apply(`${services}${servers}`, namespace);
});

afterAll(async () => removeNamespace(namespace));

/** Lists are not of one moment: what differs must go on differing to count. */
async function agree(): Promise<void> {
	const {compared} = await eventually(
		async () => {
			const [pods, nodes, found, slices] = await Promise.all([
				list('v1', 'Pod', namespace),
				list('v1', 'Node'),
				list('v1', 'Service', namespace),
				list('discovery.k8s.io/v1', 'EndpointSlice', namespace),
			]);
			return compareSlices([...pods, ...nodes, ...found, ...slices]);
		},
		({mismatches}) => mismatches.length === 0,
	);
	expect(compared).toBeGreaterThan(7);
}

/** Agreement while something is under way, again and again until it is over. */
async function agreeUntil(isOver: () => Promise<boolean>): Promise<number> {
	let rounds = 0;
	await eventually(async () => {
		await agree();
		rounds++;
		return isOver();
	}, Boolean);
	return rounds;
}

async function podCount(app: string, fits: (pod: Wire) => boolean = () => true): Promise<number> {
	const pods = await list('v1', 'Pod', namespace);
	return pods.filter((pod) => fits(pod) && project('Pod', pod).labels['app'] === app).length;
}

function hasLeaving(slices: readonly Wire[]): boolean {
	return slices
		.map((wire) => project('EndpointSlice', wire))
		.some(({endpoints}) => endpoints.some(({serving, terminating}) => serving && terminating));
}

test('agrees with the controller while pods start, and of those that never get ready', async () => {
	await agree();
	await eventually(
		async () => podCount('web'),
		(count) => count === 3,
	);
	await agree();
});

test('agrees over a rollout', async () => {
	const slow = servers.replaceAll('terminationGracePeriodSeconds: 1', 'terminationGracePeriodSeconds: 2');
	await apply(slow, namespace);
	const rounds = await agreeUntil(
		async () => (await podCount('web')) === 3 && (await podCount('other')) === 1,
	);
	expect(rounds).toBeGreaterThan(0);
});

test('agrees of pods that shut down and still serve', async () => {
	const lasting = server('lasting', {
		labels: {tier: 'front', app: 'lasting'},
		replicas: 1,
		args: '[netexec, --http-port=8080, --delay-shutdown=20]',
	}).replace('terminationGracePeriodSeconds: 1', 'terminationGracePeriodSeconds: 25');
	await apply(lasting, namespace);
	await eventually(
		async () => podCount('lasting', isReady),
		(count) => count === 1,
	);
	await agree();
	await change(deployment('lasting'), namespace, {spec: {replicas: 0}});
	await eventually(async () => list('discovery.k8s.io/v1', 'EndpointSlice', namespace), hasLeaving);
	await agree();
	await remove(deployment('lasting'), namespace);
});

test('agrees when a Service changes its families, its ports and its selector', async () => {
	const plain = {apiVersion: 'v1', kind: 'Service', name: 'plain'};
	await change(plain, namespace, {spec: {ipFamilyPolicy: 'PreferDualStack', ipFamilies: null}});
	await agree();
	await change(plain, namespace, {spec: {ports: [{name: 'renamed', port: 80, targetPort: 'http'}]}});
	await agree();
	await change(plain, namespace, {
		spec: {ipFamilyPolicy: 'SingleStack', ipFamilies: null, clusterIPs: null},
	}).catch(() => undefined);
	await change(plain, namespace, {spec: {selector: {tier: 'front', app: 'web'}}});
	await agree();
});

test('agrees when the only ready pods go', async () => {
	await change(deployment('web'), namespace, {spec: {replicas: 0}});
	await change(deployment('other'), namespace, {spec: {replicas: 0}});
	await eventually(
		async () => podCount('web'),
		(count) => count === 0,
	);
	await agree();
	await apply(servers, namespace);
	await change(deployment('unready'), namespace, {spec: {replicas: 0}});
	await change(deployment('web'), namespace, {spec: {replicas: 3}});
	await change(deployment('other'), namespace, {spec: {replicas: 1}});
	await eventually(
		async () => podCount('unready'),
		(count) => count === 0,
	);
	await podsReady(namespace, 4);
	await agree();
});
