import {afterAll, beforeAll, describe, test} from 'vitest';
import {hostHelper, isAlone} from './helpers/environment.ts';
import {eventually} from './helpers/eventually.ts';
import {server, service} from './helpers/manifests.ts';
import {apply, change, createNamespace, list, podsReady, removeNamespace} from './helpers/objects.ts';
import {openScreen, type Screen} from './helpers/open-screen.ts';
import {askHost} from './helpers/outside.ts';

const component = 'kube-apiserver';

// Everybody on the cluster loses the API server for a moment.
describe.runIf(hostHelper !== undefined && isAlone)('while the API server restarts', () => {
	let namespace: string;
	let screen: Screen;

	beforeAll(async () => {
		namespace = await createNamespace('restart');
		await apply(
			`${server('web')}${service('web', 'selector: {app: web}, ports: [{port: 80, targetPort: http}]')}`,
			namespace,
		);
		await podsReady(namespace, 2);
		screen = openScreen(['svc/web:80', '-n', namespace]);
		await screen.until((text) => text.includes('✓ Endpoints'), 20_000);
	});

	afterAll(async () => {
		await screen.close();
		await removeNamespace(namespace);
	});

	test('an open session stays, says since when its picture is old and why, and recovers by itself', async () => {
		await askHost('stop', component);
		try {
			await screen.until((text) => /stale \d+/u.test(text), 50_000);
			await screen.until((text) => text.includes('svc/web:80'), 1000);
		} finally {
			await askHost('start', component);
		}

		await eventually(
			() => list('v1', 'Namespace').catch(() => []),
			(namespaces) => namespaces.length > 0,
		);
		await screen.until((text) => /\blive\b/u.test(text), 60_000);
		await change({apiVersion: 'v1', kind: 'Service', name: 'web'}, namespace, {
			spec: {selector: {app: 'webb'}},
		});
		await screen.until((text) => text.includes('KNET501'), 20_000);
	});
});
