import {expect, test} from 'vitest';
import {createFakeCluster, forbidden, named} from '../cluster-feed/helpers/fake-cluster.ts';

test('namespaces that may not be listed leave the rest as it is', async () => {
	const cluster = createFakeCluster({
		'/api/v1/namespaces': forbidden,
		'/api/v1/services': [named('shop', 'web')],
	});
	await cluster.want('Namespace', 'all');
	expect(cluster.state('Namespace')).toMatchObject({state: 'forbidden'});
	await cluster.want('Service', 'all');
	expect(cluster.names('Service')).toEqual(['shop/web']);
	expect(cluster.state('Service')).toEqual({state: 'synced'});
});
