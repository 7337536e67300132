import {project} from '../../source/projection/project.ts';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {list, apply, change, createNamespace, podsReady, removeNamespace} from './helpers/objects.ts';
import {server, service} from './helpers/manifests.ts';
import {eventually} from './helpers/eventually.ts';
import {openScreen, type Screen} from './helpers/open-screen.ts';

let namespace: string;
let screen: Screen;

const objects = `${server('web')}${service('web', 'selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]')}`;
const web = {apiVersion: 'v1', kind: 'Service', name: 'web'};

beforeAll(async () => {
	namespace = await createNamespace('live');
	await apply(objects, namespace);
	await podsReady(namespace, 2);
	screen = openScreen(['svc/web:80', '-n', namespace]);
});

afterAll(async () => {
	await screen.close();
	await removeNamespace(namespace);
});

async function readyEndpoints(): Promise<number> {
	const slices = (await list('discovery.k8s.io/v1', 'EndpointSlice', namespace)).map((wire) =>
		project('EndpointSlice', wire),
	);
	return slices.flatMap(({endpoints}) => endpoints).filter(({ready}) => ready).length;
}

const isBroken = (text: string): boolean => text.includes('KNET501') && text.includes('✗ Endpoints');
const isWell = (text: string): boolean => text.includes('✓ Endpoints') && !text.includes('KNET501');

test('shows a break within two seconds, and that it is mended, without a key', async () => {
	await screen.until(isWell, 20_000);
	await change(web, namespace, {spec: {selector: {app: 'webb'}}});
	await eventually(readyEndpoints, (count) => count === 0);
	expect(await screen.until(isBroken, 2000)).toBeLessThan(2000);
	await change(web, namespace, {spec: {selector: {app: 'web'}}});
	await eventually(readyEndpoints, (count) => count === 2);
	expect(await screen.until(isWell, 2000)).toBeLessThan(2000);
});

test('shows a workload that is scaled to zero and back', async () => {
	const deployment = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'};
	await change(deployment, namespace, {spec: {replicas: 0}});
	await eventually(readyEndpoints, (count) => count === 0);
	await screen.until((text) => text.includes('KNET502') || text.includes('KNET501'), 2000);
	await change(deployment, namespace, {spec: {replicas: 2}});
	await eventually(readyEndpoints, (count) => count === 2);
	await screen.until(isWell, 2000);
});
