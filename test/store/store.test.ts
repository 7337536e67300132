import {expect, test} from 'vitest';
import {project} from '../../source/projection/project.ts';
import {createStore} from '../../source/store/store.ts';
import type {Notice, Reader, Writer} from '../../source/store/store-types.ts';

const noon = Date.UTC(2026, 0, 1, 12);

function service(namespace: string, name: string, resourceVersion = '1', labels = {}) {
	const metadata = {namespace, name, resourceVersion, uid: `${namespace}-${name}`, labels};
	return project('Service', {metadata});
}

/** A store whose notices are told when `flush` is called. */
function heldStore() {
	const pending: Array<() => void> = [];
	const store = createStore({schedule: (callback) => void pending.push(callback)});
	return {...store, flush: () => pending.splice(0).forEach((callback) => callback())};
}

test('says not-watched of a kind that nobody asked for', () => {
	expect(createStore().reader.snapshot(noon).state('Pod', 'shop')).toEqual({state: 'not-watched'});
});

test('shows a list only when it is whole, and then at once', () => {
	const {writer, reader} = createStore();
	writer.apply({type: 'init', kind: 'Service'});
	writer.apply({type: 'init-apply', kind: 'Service', object: service('shop', 'web')});
	expect(reader.snapshot(noon).list('Service')).toEqual([]);
	writer.apply({type: 'init-done', kind: 'Service'});
	expect(
		reader
			.snapshot(noon)
			.list('Service')
			.map(({name}) => name),
	).toEqual(['web']);
	expect(reader.snapshot(noon).state('Service')).toEqual({state: 'synced'});
});

test('a list again drops what it does not hold', () => {
	const {writer, reader} = createStore();
	for (const names of [
		['a', 'b'],
		['b', 'c'],
	]) {
		writer.apply({type: 'init', kind: 'Service'});
		names.forEach((name) =>
			writer.apply({type: 'init-apply', kind: 'Service', object: service('shop', name)}),
		);
		writer.apply({type: 'init-done', kind: 'Service'});
	}

	expect(
		reader
			.snapshot(noon)
			.list('Service')
			.map(({name}) => name),
	).toEqual(['b', 'c']);
});

test('a list of one namespace leaves the others alone', () => {
	const {writer, reader} = createStore();
	writer.apply({type: 'apply', kind: 'Service', object: service('other', 'x')});
	writer.apply({type: 'init', kind: 'Service', scope: 'shop'});
	writer.apply({type: 'init-done', kind: 'Service', scope: 'shop'});
	expect(
		reader
			.snapshot(noon)
			.list('Service')
			.map(({name}) => name),
	).toEqual(['x']);
	expect(reader.snapshot(noon).state('Service', 'shop')).toEqual({state: 'synced'});
	expect(reader.snapshot(noon).state('Service', 'other')).toEqual({state: 'not-watched'});
});

/** Lists of one kind, each from a list-watch of its own. */
function lists(
	writer: Writer,
	scopes: Readonly<Record<string, readonly ReturnType<typeof service>[]>>,
): void {
	for (const [scope, objects] of Object.entries(scopes)) {
		const source = {kind: 'Service', scope: scope === '' ? undefined : scope} as const;
		writer.apply({...source, type: 'init'});
		objects.forEach((object) => writer.apply({...source, type: 'init-apply', object}));
		writer.apply({...source, type: 'init-done'});
	}
}

const webAt = (version: string) => service('shop', 'web', version, {version});
const versionOfWeb = (reader: Reader) => reader.snapshot(noon).get('Service', 'shop', 'web')?.resourceVersion;

test.each([
	['the namespace', 'the cluster-wide list', {shop: [webAt('9')], '': [webAt('5')]}, 'shop', undefined],
	['the cluster-wide list', 'the namespace', {'': [webAt('9')], shop: [webAt('5')]}, undefined, 'shop'],
])('shows %s alone while it is there, then %s', (_, __, scopes, first, second) => {
	const {writer, reader, flush} = heldStore();
	const touched: string[] = [];
	lists(writer, scopes);
	reader.subscribe(({objects}) => void touched.push(...objects));
	expect(versionOfWeb(reader)).toBe('9');
	expect(reader.count('Service')).toBe(1);
	const web = {kind: 'Service', namespace: 'shop', name: 'web'} as const;
	writer.apply({type: 'apply', kind: 'Service', scope: second, object: webAt('7')});
	expect(versionOfWeb(reader)).toBe('9');
	writer.apply({...web, type: 'delete', scope: second});
	expect(versionOfWeb(reader)).toBe('9');
	writer.apply({type: 'apply', kind: 'Service', scope: second, object: webAt('11')});
	flush();
	expect(touched).toEqual([]);
	writer.apply({type: 'state', kind: 'Service', scope: first, state: {state: 'not-watched'}});
	flush();
	expect(versionOfWeb(reader)).toBe('11');
	expect(touched).toEqual(['Service/shop/web']);
	expect(reader.snapshot(noon).state('Service', 'shop')).toEqual({state: 'synced'});
});

test('tells nobody of a list-watch that follows another and holds the same', () => {
	const {writer, reader, flush} = heldStore();
	lists(writer, {shop: [webAt('9')], '': [webAt('9'), service('bank', 'pay')]});
	const touched: string[] = [];
	reader.subscribe(({objects}) => void touched.push(...objects));
	writer.apply({type: 'state', kind: 'Service', scope: 'shop', state: {state: 'not-watched'}});
	flush();
	expect(touched).toEqual([]);
	expect(reader.count('Service')).toBe(2);
});

test('lets go what a list-watch held that may read it no more, whole lists and begun ones', () => {
	const {writer, reader} = createStore();
	lists(writer, {'': [webAt('9')]});
	writer.apply({type: 'init', kind: 'Service'});
	writer.apply({type: 'init-apply', kind: 'Service', object: webAt('10')});
	expect(reader.pending()).toBe(1);
	const state = {state: 'forbidden', resource: 'services', group: '', reason: 'no'} as const;
	writer.apply({type: 'state', kind: 'Service', state});
	expect(reader.snapshot(noon).list('Service')).toEqual([]);
	expect(reader.pending()).toBe(0);
});

test('a deletion told once more does not delete what was made again', () => {
	const {writer, reader} = createStore();
	lists(writer, {'': [webAt('9')]});
	const web = {type: 'delete', kind: 'Service', namespace: 'shop', name: 'web'} as const;
	writer.apply({...web, uid: 'another', resourceVersion: '12'});
	writer.apply({...web, uid: 'shop-web', resourceVersion: '8'});
	expect(versionOfWeb(reader)).toBe('9');
	writer.apply({...web, uid: 'shop-web', resourceVersion: '12'});
	expect(versionOfWeb(reader)).toBeUndefined();
});

test('several list-watches with a selector are one scope, as known as the worst of them', () => {
	const {writer, reader} = createStore();
	const [first, second] = ['coredns', 'kube-proxy'].map((name) => `metadata.name=${name}`);
	const object = project('ConfigMap', {metadata: {namespace: 'kube-system', name: 'coredns'}});
	writer.apply({type: 'init', kind: 'ConfigMap', selector: first});
	writer.apply({type: 'init-apply', kind: 'ConfigMap', selector: first, object});
	writer.apply({type: 'init-done', kind: 'ConfigMap', selector: first});
	writer.apply({type: 'state', kind: 'ConfigMap', selector: second, state: {state: 'connecting'}});
	expect(reader.snapshot(noon).state('ConfigMap', 'kube-system')).toEqual({state: 'connecting'});
	writer.apply({type: 'init', kind: 'ConfigMap', selector: second});
	writer.apply({type: 'init-done', kind: 'ConfigMap', selector: second});
	expect(reader.snapshot(noon).list('ConfigMap')).toEqual([object]);
	expect(reader.snapshot(noon).state('ConfigMap', 'kube-system')).toEqual({state: 'synced'});
});

test('a snapshot does not change when the store does', () => {
	const {writer, reader} = createStore();
	writer.apply({type: 'apply', kind: 'Service', object: service('shop', 'web')});
	const before = reader.snapshot(noon);
	writer.apply({type: 'delete', kind: 'Service', namespace: 'shop', name: 'web'});
	expect(before.get('Service', 'shop', 'web')?.name).toBe('web');
	expect(reader.snapshot(noon).get('Service', 'shop', 'web')).toBeUndefined();
});

test('a thousand events make one notice', () => {
	const {writer, reader, flush} = heldStore();
	const notices: Notice[] = [];
	reader.subscribe((notice) => void notices.push(notice));
	for (let position = 0; position < 1000; position++) {
		writer.apply({type: 'apply', kind: 'Service', object: service('shop', `s${position}`)});
	}

	flush();
	expect(notices).toHaveLength(1);
	expect(notices[0]?.objects.size).toBe(1000);
	expect([...(notices[0]?.kinds ?? [])]).toEqual(['Service']);
});

test('a snapshot holds nothing of which its readers were not told', () => {
	const {writer, reader, flush} = heldStore();
	const touched: string[][] = [];
	reader.subscribe(({objects}) => void touched.push([...objects]));
	writer.apply({type: 'apply', kind: 'Service', object: service('shop', 'web')});
	reader.snapshot(noon);
	expect(touched).toEqual([['Service/shop/web']]);
	flush();
	expect(touched).toHaveLength(1);
});

test('tells nobody of a list again in which nothing is new', () => {
	const {writer, reader, flush} = heldStore();
	const list = (): void => {
		writer.apply({type: 'init', kind: 'Service'});
		writer.apply({type: 'init-apply', kind: 'Service', object: service('shop', 'web', '7')});
		writer.apply({type: 'init-done', kind: 'Service'});
	};

	list();
	const touched: string[] = [];
	reader.subscribe(({objects}) => void touched.push(...objects));
	list();
	flush();
	expect(touched).toEqual([]);
});

test('cluster-wide lists answer for each namespace, and forbidden ones give way to those of a namespace', () => {
	const {writer, reader} = createStore();
	writer.apply({
		type: 'state',
		kind: 'Pod',
		state: {state: 'forbidden', resource: 'pods', group: '', reason: 'no'},
	});
	expect(reader.snapshot(noon).state('Pod', 'shop').state).toBe('forbidden');
	writer.apply({type: 'state', kind: 'Pod', scope: 'shop', state: {state: 'synced'}});
	expect(reader.snapshot(noon).state('Pod', 'shop').state).toBe('synced');
	expect(reader.snapshot(noon).state('Pod').state).toBe('forbidden');
});

test('finds slices by Service, pods by label and address, events by object', () => {
	const {writer, reader} = createStore();
	const slice = {metadata: {namespace: 'shop', name: 'web-1', labels: {'kubernetes.io/service-name': 'web'}}};
	writer.apply({type: 'apply', kind: 'EndpointSlice', object: project('EndpointSlice', slice)});
	const pod = {
		metadata: {namespace: 'shop', name: 'web-x', labels: {app: 'web'}},
		status: {podIPs: [{ip: '10.0.0.1'}]},
	};
	writer.apply({type: 'apply', kind: 'Pod', object: project('Pod', pod)});
	const event = {
		metadata: {namespace: 'shop', name: 'e'},
		involvedObject: {kind: 'Pod', namespace: 'shop', name: 'web-x'},
	};
	writer.apply({type: 'apply', kind: 'Event', object: project('Event', event)});
	const snapshot = reader.snapshot(noon);
	expect(snapshot.slicesOf('shop', 'web').map(({name}) => name)).toEqual(['web-1']);
	expect(snapshot.podsLabelled('shop', 'app', 'web').map(({name}) => name)).toEqual(['web-x']);
	expect(snapshot.podsWithIp('10.0.0.1').map(({name}) => name)).toEqual(['web-x']);
	expect(snapshot.eventsOf('Pod', 'shop', 'web-x').map(({name}) => name)).toEqual(['e']);
});

test('keeps the newest evidence of a check, newest first', () => {
	const {writer, reader} = createStore();
	const observation = (at: number, rcode: string) =>
		({
			type: 'dns',
			at,
			vantage: {type: 'machine'},
			subject: {name: 'app.example.com', recordType: 'A', resolver: 'machine'},
			result: {rcode, answers: []},
			of: {},
		}) as const;
	writer.observe(observation(1, 'NXDOMAIN'));
	writer.observe(observation(2, 'NOERROR'));
	expect(
		reader
			.snapshot(noon)
			.evidence.list('dns')
			.map(({at}) => at),
	).toEqual([2]);
	expect(reader.snapshot(noon).evidence.list('http')).toEqual([]);
});

test('tells nobody of a change that no reader would see: a heartbeat of a node', () => {
	const {writer, reader, flush} = heldStore();
	const beat = (resourceVersion: string, heartbeat: string, status: string): void => {
		const conditions = [{type: 'Ready', status, lastHeartbeatTime: heartbeat}];
		const metadata = {name: 'node-a', uid: 'a', resourceVersion};
		writer.apply({type: 'apply', kind: 'Node', object: project('Node', {metadata, status: {conditions}})});
	};

	beat('1', '2026-01-01T12:00:00Z', 'True');
	flush();
	const notices: Notice[] = [];
	reader.subscribe((notice) => void notices.push(notice));
	beat('2', '2026-01-01T12:05:00Z', 'True');
	flush();
	expect(notices).toEqual([]);
	beat('3', '2026-01-01T12:05:10Z', 'Unknown');
	flush();
	expect(notices).toHaveLength(1);
	expect(reader.snapshot(noon).get('Node', '', 'node-a')).toMatchObject({ready: false, resourceVersion: '3'});
});
