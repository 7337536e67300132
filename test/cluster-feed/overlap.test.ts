import {describe, expect, test} from 'vitest';
import {createFakeCluster, forbidden, named} from './helpers/fake-cluster.ts';

const wide = '/api/v1/pods';
const shop = '/api/v1/namespaces/shop/pods';

/** A Pod as of a version, with a label that is another at each. */
const pod = (resourceVersion: string, name = 'a', namespace = 'shop', uid = `uid-of-${name}`) =>
	named(namespace, name, {
		metadata: {namespace, name, uid, resourceVersion, labels: {version: resourceVersion}},
	});

/** A list as of a version. */
const at = (resourceVersion: string, ...items: readonly object[]) => ({
	json: {metadata: {resourceVersion}, items},
});

describe('from a namespace to the whole cluster', () => {
	test('what the delayed stream of the namespace still brings changes nothing', async () => {
		const cluster = createFakeCluster({[shop]: at('10', pod('5')), [wide]: at('30', pod('30'))});
		await cluster.want('Pod', ['shop']);
		await cluster.want('Pod', 'all');
		await cluster.emit(shop, 'MODIFIED', pod('20'));
		expect(cluster.versions('Pod')).toEqual({'shop/a': '30'});
		await cluster.emit(shop, 'DELETED', pod('25'));
		expect(cluster.versions('Pod')).toEqual({'shop/a': '30'});
		await cluster.pass(60_000);
		expect(cluster.versions('Pod')).toEqual({'shop/a': '30'});
		expect(cluster.state('Pod', 'shop')).toEqual({state: 'synced'});
	});

	test('the namespace is closed as soon as the whole is there', async () => {
		const cluster = createFakeCluster({
			[shop]: at('10', pod('5')),
			[wide]: at('30', pod('30'), pod('7', 'b', 'bank')),
		});
		await cluster.want('Pod', ['shop']);
		await cluster.want('Pod', 'all');
		expect(cluster.isWatched(shop)).toBe(false);
		expect(cluster.versions('Pod')).toEqual({'bank/b': '7', 'shop/a': '30'});
	});

	test('a whole that lags behind shows nothing older, and takes over once it has caught up', async () => {
		const cluster = createFakeCluster({
			[shop]: at('10', pod('5')),
			[wide]: at('10', pod('5'), pod('7', 'b', 'bank')),
		});
		await cluster.want('Pod', ['shop']);
		await cluster.emit(shop, 'MODIFIED', pod('25'));
		await cluster.want('Pod', 'all');
		expect(cluster.versions('Pod')).toEqual({'bank/b': '7', 'shop/a': '25'});
		expect(cluster.isWatched(shop)).toBe(true);
		await cluster.emit(wide, 'MODIFIED', pod('20'));
		expect(cluster.versions('Pod')).toMatchObject({'shop/a': '25'});
		await cluster.emit(wide, 'MODIFIED', pod('25'));
		expect(cluster.versions('Pod')).toEqual({'bank/b': '7', 'shop/a': '25'});
		expect(cluster.isWatched(shop)).toBe(false);
	});

	test('a bookmark is enough to have caught up', async () => {
		const cluster = createFakeCluster({[shop]: at('30', pod('5')), [wide]: at('10', pod('5'))});
		await cluster.want('Pod', ['shop']);
		await cluster.want('Pod', 'all');
		expect(cluster.isWatched(shop)).toBe(true);
		await cluster.emit(wide, 'BOOKMARK', {metadata: {resourceVersion: '30'}});
		expect(cluster.isWatched(shop)).toBe(false);
		expect(cluster.versions('Pod')).toEqual({'shop/a': '5'});
	});

	test('what was deleted in the namespace does not come back with a whole that lags behind', async () => {
		const cluster = createFakeCluster({[shop]: at('10', pod('5')), [wide]: at('10', pod('5'))});
		await cluster.want('Pod', ['shop']);
		await cluster.emit(shop, 'DELETED', pod('25'));
		await cluster.want('Pod', 'all');
		expect(cluster.versions('Pod')).toEqual({});
		await cluster.emit(wide, 'DELETED', pod('25'));
		expect(cluster.isWatched(shop)).toBe(false);
		expect(cluster.versions('Pod')).toEqual({});
	});

	test('what was made again under its name stays the new one', async () => {
		const cluster = createFakeCluster({
			[shop]: at('10', pod('5')),
			[wide]: at('30', pod('30', 'a', 'shop', 'again')),
		});
		await cluster.want('Pod', ['shop']);
		await cluster.want('Pod', 'all');
		await cluster.emit(shop, 'DELETED', pod('29'));
		await cluster.pass(60_000);
		expect(cluster.versions('Pod')).toEqual({'shop/a': '30'});
	});

	test('versions that are no numbers have no order: the whole takes over when it is there', async () => {
		const cluster = createFakeCluster({[shop]: at('z/1', pod('z/1')), [wide]: at('a/7', pod('a/7'))});
		await cluster.want('Pod', ['shop']);
		await cluster.want('Pod', 'all');
		expect(cluster.isWatched(shop)).toBe(false);
		expect(cluster.versions('Pod')).toEqual({'shop/a': 'a/7'});
	});

	test('until the whole is read the namespace is shown, and known', async () => {
		const cluster = createFakeCluster({[shop]: at('10', pod('5')), [wide]: new Error('down')});
		await cluster.want('Pod', ['shop']);
		await cluster.want('Pod', 'all');
		await cluster.pass(120_000);
		expect(cluster.state('Pod', 'shop')).toEqual({state: 'synced'});
		expect(cluster.state('Pod').state).toBe('connecting');
		expect(cluster.versions('Pod')).toEqual({'shop/a': '5'});
	});
});

test('a cluster-wide list that becomes allowed takes over from namespaces whose streams are delayed', async () => {
	const cluster = createFakeCluster({[wide]: forbidden, [shop]: at('10', pod('5'))});
	await cluster.want('Pod', 'all');
	expect(cluster.versions('Pod')).toEqual({'shop/a': '5'});
	cluster.fill(wide, at('30', pod('30')));
	await cluster.pass(800);
	expect(cluster.isWatched(shop)).toBe(false);
	await cluster.emit(shop, 'MODIFIED', pod('20'));
	await cluster.emit(shop, 'DELETED', pod('21'));
	await cluster.pass(60_000);
	expect(cluster.versions('Pod')).toEqual({'shop/a': '30'});
	expect(cluster.state('Pod', 'shop')).toEqual({state: 'synced'});
});

describe('from the whole cluster to a namespace', () => {
	const leaving = async (list: ReturnType<typeof at>) => {
		const cluster = createFakeCluster({[wide]: at('10', pod('5'), pod('7', 'b', 'bank')), [shop]: list});
		await cluster.want('Pod', 'all');
		await cluster.emit(wide, 'MODIFIED', pod('25'));
		await cluster.emit(wide, 'MODIFIED', pod('90', 'b', 'bank'));
		await cluster.want('Pod', ['shop']);
		await cluster.pass(60_000);
		return cluster;
	};

	test('the whole stays until the namespace has what the whole knows of it', async () => {
		const cluster = await leaving(at('20', pod('5')));
		expect(cluster.isWatched(wide)).toBe(true);
		expect(cluster.versions('Pod')).toEqual({'bank/b': '90', 'shop/a': '25'});
		await cluster.emit(shop, 'MODIFIED', pod('25'));
		expect(cluster.isWatched(wide)).toBe(false);
		expect(cluster.versions('Pod')).toEqual({'shop/a': '25'});
	});

	test('what happened in other namespaces is not waited for', async () => {
		const cluster = await leaving(at('26', pod('25')));
		expect(cluster.isWatched(wide)).toBe(false);
		expect(cluster.versions('Pod')).toEqual({'shop/a': '25'});
	});

	test('and back before the namespace took over: the whole stays, the namespace goes', async () => {
		const cluster = await leaving(at('20', pod('5')));
		await cluster.want('Pod', 'all');
		expect(cluster.isWatched(wide)).toBe(true);
		expect(cluster.isWatched(shop)).toBe(false);
		expect(cluster.versions('Pod')).toEqual({'bank/b': '90', 'shop/a': '25'});
	});
});

describe('a list-watch that the server refuses from now on', () => {
	const expired = {kind: 'Status', code: 410, reason: 'Expired'};
	type Cluster = ReturnType<typeof createFakeCluster>;
	/** The third refusal in a row counts. */
	const refuse = async (cluster: Cluster, path: string) => {
		cluster.fill(path, forbidden);
		await cluster.emit(path, 'ERROR', expired);
		await cluster.pass(10_000);
		await cluster.pass(10_000);
	};

	test('of a namespace gives way to nothing older of the whole', async () => {
		const cluster = createFakeCluster({[shop]: at('10', pod('5')), [wide]: at('10', pod('5'))});
		await cluster.want('Pod', ['shop']);
		await cluster.emit(shop, 'MODIFIED', pod('25'));
		await cluster.want('Pod', 'all');
		cluster.fill(wide, at('30', pod('25')));
		await refuse(cluster, shop);
		expect(cluster.versions('Pod')).toEqual({'shop/a': '25'});
		expect(cluster.state('Pod', 'shop')).toEqual({state: 'synced'});
	});

	test('of the whole gives way to nothing older of a namespace', async () => {
		const cluster = createFakeCluster({[wide]: at('10', pod('5')), [shop]: at('20', pod('5'))});
		await cluster.want('Pod', 'all');
		await cluster.emit(wide, 'MODIFIED', pod('25'));
		await cluster.want('Pod', ['shop']);
		await cluster.pass(60_000);
		cluster.fill(shop, at('30', pod('25')));
		await refuse(cluster, wide);
		expect(cluster.versions('Pod')).toEqual({'shop/a': '25'});
		expect(cluster.state('Pod', 'shop')).toEqual({state: 'synced'});
	});
});

test.each<{readonly nothing: readonly string[] | undefined}>([{nothing: undefined}, {nothing: []}])(
	'when nobody wants either any more ($nothing) nothing goes back',
	async ({nothing}) => {
		const cluster = createFakeCluster({[shop]: at('10', pod('5')), [wide]: at('10', pod('5'))});
		await cluster.want('Pod', ['shop']);
		await cluster.emit(shop, 'MODIFIED', pod('25'));
		await cluster.want('Pod', 'all');
		await cluster.want('Pod', nothing);
		const touched = cluster.touched.length;
		await cluster.pass(59_999);
		expect(cluster.versions('Pod')).toEqual({'shop/a': '25'});
		await cluster.pass(120_000);
		expect(cluster.versions('Pod')).toEqual({});
		expect(cluster.touched.slice(touched)).toEqual(['Pod/shop/a']);
	},
);
