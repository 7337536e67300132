import {configMapNames} from '../../source/model/kept/config-map-names.ts';
import {describe, expect, test} from 'vitest';
import {lookup} from '../../source/model/snapshot.ts';
import {refused} from './helpers/fake-api.ts';
import {createFakeCluster, forbidden, missing, named} from './helpers/fake-cluster.ts';

const wide = '/api/v1/pods';
const shop = '/api/v1/namespaces/shop/pods';
const bank = '/api/v1/namespaces/bank/pods';
const isForbidden = {state: 'forbidden', resource: 'pods', group: '', reason: forbidden.message};

describe('what is wanted', () => {
	test('is opened once, however often it is wanted', async () => {
		const cluster = createFakeCluster({[wide]: [named('shop', 'a')]});
		await cluster.want('Pod', 'all');
		await cluster.want('Pod', 'all');
		expect(cluster.lists()).toEqual([wide]);
		expect(cluster.names('Pod')).toEqual(['shop/a']);
		expect(cluster.state('Pod', 'shop')).toEqual({state: 'synced'});
	});

	test('in some namespaces is opened in these', async () => {
		const cluster = createFakeCluster({[shop]: [named('shop', 'a')], [bank]: [named('bank', 'b')]});
		await cluster.want('Pod', ['shop']);
		expect(cluster.names('Pod')).toEqual(['shop/a']);
		await cluster.want('Pod', ['shop', 'bank']);
		expect(cluster.lists()).toEqual([shop, bank]);
		expect(cluster.names('Pod')).toEqual(['bank/b', 'shop/a']);
	});

	test('of a cluster-scoped kind is opened cluster-wide, whatever the namespaces', async () => {
		const cluster = createFakeCluster({'/api/v1/nodes': [named('', 'node-a')]});
		await cluster.want('Node', ['shop']);
		expect(cluster.lists()).toEqual(['/api/v1/nodes']);
	});
});

test('an object that is too large is unknown, and others of its namespace are missing or found as ever', async () => {
	const huge = named('shop', 'huge', {spec: {x: 'x'.repeat(17 * 1024 * 1024)}});
	const path = '/apis/discovery.k8s.io/v1/endpointslices';
	const cluster = createFakeCluster({[path]: [named('shop', 'a'), huge]});
	await cluster.want('EndpointSlice', 'all');
	const find = (namespace: string, name: string) =>
		Object.keys(lookup(cluster.snapshot(), 'EndpointSlice', namespace, name))[0];
	expect(cluster.state('EndpointSlice', 'shop')).toMatchObject({
		omitted: [{namespace: 'shop', name: 'huge'}],
	});
	expect(cluster.state('EndpointSlice', 'bank')).toEqual({state: 'synced'});
	expect(find('shop', 'huge')).toBe('unknown');
	expect(find('shop', 'a')).toBe('found');
	expect(find('shop', 'b')).toBe('missing');
});

describe('what is wanted no more', () => {
	test('is kept for a minute, then let go', async () => {
		const cluster = createFakeCluster({[wide]: [named('shop', 'a')]});
		await cluster.want('Pod', 'all');
		await cluster.want('Pod');
		await cluster.pass(59_999);
		expect(cluster.isWatched(wide)).toBe(true);
		expect(cluster.names('Pod')).toEqual(['shop/a']);
		await cluster.pass(1);
		expect(cluster.isWatched(wide)).toBe(false);
		expect(cluster.names('Pod')).toEqual([]);
		expect(cluster.state('Pod')).toEqual({state: 'not-watched'});
	});

	test('and wanted again within the minute is kept', async () => {
		const cluster = createFakeCluster({[wide]: [named('shop', 'a')]});
		await cluster.want('Pod', 'all');
		await cluster.want('Pod');
		await cluster.pass(30_000);
		await cluster.want('Pod', 'all');
		await cluster.pass(120_000);
		expect(cluster.isWatched(wide)).toBe(true);
		expect(cluster.lists()).toEqual([wide]);
	});
});

describe('from the whole cluster to a namespace', () => {
	const narrowed = async () => {
		const cluster = createFakeCluster({
			[wide]: [named('shop', 'a'), named('bank', 'b')],
			[shop]: [named('shop', 'a')],
		});
		await cluster.want('Pod', 'all');
		cluster.lists();
		await cluster.want('Pod', ['shop']);
		return cluster;
	};

	test('the whole serves the namespace for a minute', async () => {
		const cluster = await narrowed();
		await cluster.pass(59_000);
		expect(cluster.lists()).toEqual([]);
		expect(cluster.state('Pod', 'shop')).toEqual({state: 'synced'});
	});

	test('then the namespace takes over without a gap, and the rest is let go', async () => {
		const cluster = await narrowed();
		const before = cluster.touched.length;
		await cluster.pass(60_000);
		expect(cluster.lists()).toEqual([shop]);
		expect(cluster.isWatched(wide)).toBe(false);
		expect(cluster.isWatched(shop)).toBe(true);
		expect(cluster.names('Pod')).toEqual(['shop/a']);
		expect(cluster.state('Pod', 'shop')).toEqual({state: 'synced'});
		expect(cluster.state('Pod', 'bank')).toEqual({state: 'not-watched'});
		expect(cluster.touched.slice(before)).toEqual(['Pod/bank/b']);
	});

	test('and back, the whole takes over and the namespace goes without a trace', async () => {
		const cluster = await narrowed();
		await cluster.pass(60_000);
		await cluster.want('Pod', 'all');
		await cluster.pass(60_000);
		expect(cluster.isWatched(shop)).toBe(false);
		expect(cluster.names('Pod')).toEqual(['bank/b', 'shop/a']);
		expect(cluster.state('Pod', 'shop')).toEqual({state: 'synced'});
	});
});

describe('where the cluster-wide list is forbidden', () => {
	test('the namespaces known are tried one by one', async () => {
		const cluster = createFakeCluster({[wide]: forbidden, [shop]: [named('shop', 'a')], [bank]: forbidden});
		await cluster.want('Pod', 'all');
		expect(cluster.lists()).toEqual([wide, shop, bank]);
		expect(cluster.state('Pod')).toEqual(isForbidden);
		expect(cluster.state('Pod', 'shop')).toEqual({state: 'synced'});
		expect(cluster.state('Pod', 'bank')).toEqual(isForbidden);
		expect(cluster.state('Pod', 'other')).toEqual(isForbidden);
		expect(cluster.names('Pod')).toEqual(['shop/a']);
	});

	test('it is asked for again, and takes over when it is allowed', async () => {
		const cluster = createFakeCluster({[wide]: forbidden, [shop]: [named('shop', 'a')], [bank]: forbidden});
		await cluster.want('Pod', 'all');
		cluster.fill(wide, [named('shop', 'a'), named('bank', 'b')]);
		await cluster.pass(800);
		expect(cluster.state('Pod', 'bank')).toEqual({state: 'synced'});
		await cluster.pass(60_000);
		expect(cluster.isWatched(shop)).toBe(false);
		expect(cluster.names('Pod')).toEqual(['bank/b', 'shop/a']);
	});
});

describe('an API that is not installed', () => {
	const discovery = (...resources: readonly string[]) => ({
		json: {
			kind: 'APIGroupDiscoveryList',
			items: [
				{
					metadata: {name: 'gateway.networking.k8s.io'},
					versions: [
						{version: 'v1', resources: resources.map((resource) => ({resource}))},
						{version: 'v1beta1', resources: [{resource: 'referencegrants'}]},
					],
				},
			],
		},
	});
	const routes = '/apis/gateway.networking.k8s.io/v1/httproutes';

	test('is absent without being asked for, and found within two minutes of being installed', async () => {
		const cluster = createFakeCluster({'/apis': discovery()});
		await cluster.want('HTTPRoute', 'all');
		expect(cluster.state('HTTPRoute')).toEqual({state: 'absent', why: 'not-installed'});
		await cluster.pass(60_000);
		expect(cluster.lists()).toEqual(['/apis', '/apis']);
		cluster.fill('/apis', discovery('httproutes'));
		cluster.fill(routes, [named('shop', 'web')]);
		await cluster.pass(60_000);
		expect(cluster.state('HTTPRoute')).toEqual({state: 'synced'});
		expect(cluster.names('HTTPRoute')).toEqual(['shop/web']);
	});

	test('is taken in the version that is served', async () => {
		const grants = '/apis/gateway.networking.k8s.io/v1beta1/referencegrants';
		const cluster = createFakeCluster({'/apis': discovery('httproutes'), [grants]: [named('shop', 'grant')]});
		await cluster.want('ReferenceGrant', 'all');
		expect(cluster.lists()).toEqual(['/apis', grants]);
		expect(cluster.names('ReferenceGrant')).toEqual(['shop/grant']);
	});

	test('is tried version by version where discovery tells groups only, or nothing', async () => {
		const beta = '/apis/gateway.networking.k8s.io/v1beta1/httproutes';
		const groups = {
			json: {
				kind: 'APIGroupList',
				groups: [
					{
						versions: [
							{groupVersion: 'gateway.networking.k8s.io/v1'},
							{groupVersion: 'gateway.networking.k8s.io/v1beta1'},
						],
					},
				],
			},
		};
		for (const apis of [groups, missing]) {
			const cluster = createFakeCluster({'/apis': apis, [beta]: [named('shop', 'web')]});
			await cluster.want('HTTPRoute', 'all');
			expect(cluster.lists()).toEqual(['/apis', routes, beta]);
			expect(cluster.names('HTTPRoute')).toEqual(['shop/web']);
		}
	});

	test('is one question for all kinds', async () => {
		const cluster = createFakeCluster({'/apis': discovery()});
		cluster.feed.want(
			new Map([
				['HTTPRoute', 'all'],
				['TCPRoute', 'all'],
				['CiliumNetworkPolicy', 'all'],
			]),
		);
		await cluster.pass(0);
		expect(cluster.lists()).toEqual(['/apis']);
	});

	test('that is removed while it is watched is let go', async () => {
		const cluster = createFakeCluster({'/apis': discovery('httproutes'), [routes]: [named('shop', 'web')]});
		await cluster.want('HTTPRoute', 'all');
		cluster.fill('/apis', discovery());
		cluster.fill(routes, missing);
		const status = {kind: 'Status', code: 410, reason: 'Expired', message: 'gone'};
		await cluster.emit(routes, 'ERROR', status);
		expect(cluster.state('HTTPRoute')).toMatchObject({
			state: 'stale',
			reason: 'the API server answers 404: not found',
		});
		await cluster.pass(800);
		await cluster.pass(1600);

		expect(cluster.state('HTTPRoute')).toEqual({state: 'absent', why: 'not-installed'});
		expect(cluster.names('HTTPRoute')).toEqual([]);
	});
});

const maps = '/api/v1/namespaces/kube-system/configmaps';
const emptyConfigMaps = Object.fromEntries(
	configMapNames.map((name) => [`${maps}?metadata.name=${name}`, []]),
);

describe('what is never read', () => {
	test('is the data of Secrets: only their metadata is asked for', async () => {
		const cluster = createFakeCluster({'/api/v1/secrets': [named('shop', 'tls')]});
		await cluster.want('Secret', 'all');
		expect(cluster.requested.map(({accept}) => accept)).toEqual([
			'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
			'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
		]);
	});

	test('are normal events, but for those of an Ingress', async () => {
		const cluster = createFakeCluster({'/api/v1/events': []});
		await cluster.want('Event', 'all');
		expect([...new Set(cluster.requested.map(({query}) => query?.['fieldSelector']))]).toEqual([
			'type!=Normal',
			'type=Normal,involvedObject.kind=Ingress',
		]);
	});

	test('are ConfigMaps but for the few that walks read', async () => {
		const cluster = createFakeCluster({
			...emptyConfigMaps,
			[`${maps}?metadata.name=coredns`]: [named('kube-system', 'coredns', {data: {Corefile: '.:53 {}'}})],
			[`${maps}?metadata.name=kube-proxy`]: [named('kube-system', 'kube-proxy')],
		});
		await cluster.want('ConfigMap', 'all');
		expect(cluster.lists()).toEqual(configMapNames.map((name) => `${maps}?metadata.name=${name}`));
		expect(cluster.names('ConfigMap')).toEqual(['kube-system/coredns', 'kube-system/kube-proxy']);
		expect(cluster.state('ConfigMap', 'kube-system/cilium-config')).toEqual({state: 'synced'});
		expect(cluster.state('ConfigMap', 'shop/settings')).toEqual({state: 'not-watched'});
	});

	test('are the other ConfigMaps of a namespace in which one is read', async () => {
		const one = '/api/v1/namespaces/shop/configmaps?metadata.name=nginx';
		const cluster = createFakeCluster({
			[one]: [named('shop', 'nginx', {data: {'ssl-redirect': 'false', key: 'x'}})],
		});
		await cluster.want('ConfigMap', ['shop/nginx']);
		expect(cluster.lists()).toEqual([one]);
		expect(cluster.names('ConfigMap')).toEqual(['shop/nginx']);
		expect(cluster.snapshot().get('ConfigMap', 'shop', 'nginx')?.data).toEqual({'ssl-redirect': 'false'});
	});
});

test('a ConfigMap that may be read is there although the other may not', async () => {
	const coredns = `${maps}?metadata.name=coredns`;
	const cluster = createFakeCluster({
		...emptyConfigMaps,
		[coredns]: [named('kube-system', 'coredns')],
		[`${maps}?metadata.name=kube-proxy`]: forbidden,
	});
	await cluster.want('ConfigMap', 'all');
	expect(cluster.names('ConfigMap')).toEqual(['kube-system/coredns']);
	expect(cluster.state('ConfigMap', 'kube-system/coredns')).toEqual({state: 'synced'});
	expect(cluster.state('ConfigMap', 'kube-system/kube-proxy')).toMatchObject({
		state: 'forbidden',
		resource: 'configmaps',
	});
	await cluster.emit(coredns, 'DELETED', {
		metadata: {namespace: 'kube-system', name: 'coredns', uid: 'kube-system-coredns', resourceVersion: '11'},
	});
	expect(cluster.names('ConfigMap')).toEqual([]);
	expect(cluster.state('ConfigMap', 'kube-system/coredns')).toEqual({state: 'synced'});
});

test('once one kind reaches the server again, the others do not wait longer', async () => {
	const services = '/api/v1/services';
	const cluster = createFakeCluster({[services]: refused(), [wide]: refused()});
	await cluster.want('Service', 'all');
	await cluster.pass(250);
	cluster.feed.want(
		new Map([
			['Service', 'all'],
			['Pod', 'all'],
		]),
	);
	await cluster.pass(0);
	cluster.fill(services, []);
	cluster.fill(wide, []);
	expect(cluster.state('Service')).toMatchObject({
		state: 'connecting',
		reason: expect.stringContaining('refuses the connection'),
	});
	expect(cluster.clock.timers).toEqual([250, 500]);
	await cluster.pass(250);
	expect(cluster.state('Pod')).toEqual({state: 'synced'});
	expect(cluster.state('Service')).toEqual({state: 'synced'});
});

describe('after resets', () => {
	const services = '/api/v1/services';
	/** The watch of Pods was cut so often that it waits for 6.4 s; that of Services opens again. */
	const waiting = async () => {
		const cluster = createFakeCluster({[services]: [], [wide]: []});
		cluster.feed.want(
			new Map([
				['Service', 'all'],
				['Pod', 'all'],
			]),
		);
		await cluster.pass(0);
		for (const ms of [800, 1600, 3200]) {
			await cluster.cut(wide);
			await cluster.pass(ms);
		}

		await cluster.cut(wide);
		await cluster.cut(services);
		await cluster.cut(services);
		await cluster.pass(800);
		return cluster;
	};

	test('a watch that stays open for two seconds lets the others try at once', async () => {
		const cluster = await waiting();
		expect(cluster.isWatched(services)).toBe(true);
		expect(cluster.isWatched(wide)).toBe(false);
		await cluster.pass(1999);
		expect(cluster.isWatched(wide)).toBe(false);
		await cluster.pass(1);
		expect(cluster.isWatched(wide)).toBe(true);
	});

	test('one that is cut sooner does not', async () => {
		const cluster = await waiting();
		await cluster.pass(500);
		await cluster.cut(services);
		await cluster.pass(1600);
		await cluster.pass(1900);
		expect(cluster.isWatched(wide)).toBe(false);
	});
});
