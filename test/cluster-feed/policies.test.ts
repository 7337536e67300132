import {expect, test} from 'vitest';
import {createFakeCluster, named} from './helpers/fake-cluster.ts';

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const widgets = '/apis/acme.example/v1beta1/widgetpolicies';

const discovery = {
	json: {
		kind: 'APIGroupDiscoveryList',
		items: [
			{
				metadata: {name: 'acme.example'},
				versions: [
					{version: 'v1beta1', resources: [{resource: 'widgetpolicies'}]},
					{version: 'v1alpha1', resources: [{resource: 'widgetpolicies'}]},
				],
			},
		],
	},
};

const widget = named('shop', 'slow', {
	kind: 'WidgetPolicy',
	apiVersion: 'acme.example/v1beta1',
	spec: {targetRefs: [{group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'web'}]},
});

test('policies of any vendor are found by the label of their definition', async () => {
	const cluster = createFakeCluster({
		'/apis': discovery,
		[definitions]: [
			named('', 'widgetpolicies.acme.example'),
			named('', 'backendtlspolicies.gateway.networking.k8s.io'),
		],
		[widgets]: [widget],
	});
	await cluster.want('AttachedPolicy', 'all');
	await cluster.pass(0);
	expect(cluster.names('AttachedPolicy')).toEqual(['shop/WidgetPolicy/slow']);
	const asked = cluster.requested.filter(({path}) => path === definitions);
	expect(asked.map(({query}) => query)).toEqual([{labelSelector: 'gateway.networking.k8s.io/policy'}]);
});

test('where definitions may not be listed, policies that knet knows by name are read all the same', async () => {
	const cluster = createFakeCluster({
		'/apis': discovery,
		[definitions]: new Error('forbidden'),
		[widgets]: [widget],
	});
	await cluster.want('AttachedPolicy', 'all');
	await cluster.pass(0);
	expect(cluster.names('AttachedPolicy')).toEqual([]);
	expect(cluster.state('AttachedPolicy').state).toBe('absent');
});
