import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {inClusterAccess} from '../../../source/cluster/kubeconfig/in-cluster.ts';
import {directoryOf} from '../../helpers/files.ts';

const env = {KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443'};
const mounted = {token: 't\n', 'ca.crt': 'CA', namespace: 'shop\n'};

describe('inClusterAccess', () => {
	it('takes the service account of the pod', async () => {
		const directory = await directoryOf(mounted);
		expect(await inClusterAccess({}, env, directory)).toMatchObject({
			context: 'in-cluster',
			namespace: 'shop',
			cluster: {server: 'https://10.96.0.1:443', certificateAuthority: join(directory, 'ca.crt')},
			user: {tokenFile: join(directory, 'token')},
		});
	});

	it('puts an IPv6 address into brackets', async () => {
		const directory = await directoryOf(mounted);
		const access = await inClusterAccess({}, {...env, KUBERNETES_SERVICE_HOST: 'fd00:96::1'}, directory);
		expect(access?.cluster.server).toBe('https://[fd00:96::1]:443');
	});

	it('lets flags, then POD_NAMESPACE, say the namespace, and is in default without any', async () => {
		const directory = await directoryOf({token: 't'});
		const inPod = {...env, POD_NAMESPACE: 'web'};
		expect((await inClusterAccess({namespace: 'x'}, inPod, directory))?.namespace).toBe('x');
		expect((await inClusterAccess({}, inPod, directory))?.namespace).toBe('web');
		expect((await inClusterAccess({}, env, directory))?.namespace).toBe('default');
	});

	it('lets flags say server, token, authority and whom to act as', async () => {
		const directory = await directoryOf(mounted);
		expect(
			await inClusterAccess(
				{server: 'https://other', token: 't2', certificateAuthority: '/ca', as: 'jane'},
				env,
				directory,
			),
		).toMatchObject({
			cluster: {server: 'https://other', certificateAuthority: '/ca'},
			user: {token: 't2', tokenFile: undefined, impersonate: 'jane'},
		});
	});

	it('is nothing outside of a pod', async () => {
		const directory = await directoryOf({});
		expect(await inClusterAccess({}, env, directory)).toBeUndefined();
		expect(await inClusterAccess({}, {}, await directoryOf(mounted))).toBeUndefined();
	});
});
