import {expect, test} from 'vitest';
import {createHeldSince} from '../../source/history/held-since.ts';
import {snapshotAt} from '../../source/history/past.ts';
import {createRing, type RingLimits} from '../../source/history/ring.ts';
import type {Demand} from '../../source/feeds/feed.ts';
import type {Kind} from '../../source/model/kinds.ts';
import type {Snapshot} from '../../source/model/snapshot.ts';
import type {Notice} from '../../source/store/store-types.ts';
import {manualClock} from '../helpers/manual-clock.ts';
import {noon} from '../helpers/snapshot.ts';
import {yamlDataSource} from '../helpers/yaml-data-source.ts';

const pod = (name: string, app: string, version = 1): string => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, uid: ${name}, resourceVersion: "${version}", labels: {app: ${app}}}
status: {podIPs: [{ip: 10.0.0.1}]}
`;
const service = (app: string, version: number): string => `---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, uid: web, resourceVersion: "${version}"}
spec: {selector: {app: ${app}}, ports: [{port: 80}]}
`;

function ringOver(yaml: string, limits?: RingLimits) {
	const clock = manualClock(noon);
	const source = yamlDataSource(yaml, {clock});
	source.feed.want(
		new Map([
			['Service', 'all'],
			['Pod', 'all'],
		]),
	);
	const ring = createRing(noon, limits);
	const now = (): Snapshot => source.reader.snapshot(clock.now());
	ring.take(now());
	source.reader.subscribe(({objects}: Notice) => ring.note(objects, clock.now()));
	const after = (seconds: number, changed: () => void): void => {
		clock.advance(seconds * 1000);
		changed();
		clock.settle();
		ring.take(now());
	};
	const at = (seconds: number): Snapshot =>
		snapshotAt(now(), {changes: ring.changes, at: noon + seconds * 1000, heldSince: () => noon});
	return {ring, source, clock, now, after, at};
}

test('each change is kept with the fields that differ', () => {
	const {ring, source, after} = ringOver(service('api', 1) + pod('a', 'api'));
	after(10, () => source.apply(service('apii', 2)));
	after(10, () => source.apply(pod('b', 'api')));
	expect(ring.changes).toMatchObject([
		{
			id: 0,
			at: noon + 10_000,
			kind: 'Service',
			namespace: 'shop',
			name: 'web',
			type: 'changed',
			fields: [{path: 'selector', was: 'app=api', is: 'app=apii'}],
		},
		{id: 1, at: noon + 20_000, kind: 'Pod', name: 'b', type: 'added', fields: []},
	]);
});

test('the past is the cluster as it was, with its lists and look-ups', () => {
	const {source, after, at} = ringOver(service('api', 1) + pod('a', 'api'));
	after(10, () => source.apply(service('apii', 2)));
	after(10, () => source.apply(pod('b', 'api')));
	after(10, () => source.apply(pod('a', 'other', 2)));
	const seen = (seconds: number) => {
		const past = at(seconds);
		return {
			selector: past.get('Service', 'shop', 'web')?.selector,
			pods: past.list('Pod', 'shop').map(({name}) => name),
			labelled: past
				.podsLabelled('shop', 'app', 'api')
				.map(({name}) => name)
				.toSorted(),
			now: past.now,
		};
	};
	expect(seen(5)).toEqual({selector: {app: 'api'}, pods: ['a'], labelled: ['a'], now: noon + 5000});
	expect(seen(15)).toMatchObject({selector: {app: 'apii'}, pods: ['a']});
	expect(seen(25)).toMatchObject({pods: ['a', 'b'], labelled: ['a', 'b']});
	expect(seen(30)).toMatchObject({pods: ['a', 'b'], labelled: ['b']});
});

test('a change is kept that a snapshot holds before its readers were told of it', () => {
	const {ring, source, clock, now, at} = ringOver(service('api', 1) + pod('a', 'api'));
	clock.advance(10_000);
	source.apply(service('apii', 2));
	clock.settle();
	source.apply(pod('a', 'other', 2));
	ring.take(now());
	clock.settle();
	ring.take(now());
	expect(ring.changes.map(({kind}) => kind)).toEqual(['Service', 'Pod']);
	expect(at(5).get('Pod', 'shop', 'a')?.labels).toEqual({app: 'api'});
});

test('a removed object comes back, and goes again', () => {
	const {source, after, at, ring} = ringOver(pod('a', 'api') + pod('b', 'api'));
	after(10, () => source.remove('Pod', 'shop', 'a'));
	expect(ring.changes).toMatchObject([{type: 'removed', name: 'a'}]);
	expect(
		at(5)
			.list('Pod')
			.map(({name}) => name),
	).toEqual(['a', 'b']);
	expect(
		at(10)
			.list('Pod')
			.map(({name}) => name),
	).toEqual(['b']);
});

test('a list that comes or goes is no change', () => {
	const {ring, source, after} = ringOver(service('api', 1));
	after(10, () => source.say('Pod', {state: 'connecting'}));
	after(10, () => source.apply(pod('a', 'api')));
	after(10, () => source.say('Service', {state: 'forbidden', resource: 'services', group: '', reason: ''}));
	expect(ring.changes).toEqual([]);
});

test('what was not watched then is not known then', () => {
	const {now} = ringOver(service('api', 1));
	const past = snapshotAt(now(), {
		changes: [],
		at: noon,
		heldSince: (kind) => (kind === 'Pod' ? noon + 1 : noon),
	});
	expect(past.state('Pod', 'shop')).toEqual({state: 'connecting', reason: 'knet did not watch it then'});
	expect(past.state('Service', 'shop')).toEqual({state: 'synced'});
});

test('the oldest changes go when there are too many bytes, or an hour has passed', () => {
	const {ring, source, after, clock, now} = ringOver(service('api', 1), {milliseconds: 60_000, bytes: 3000});
	for (let version = 2; version < 20; version++) {
		after(1, () => source.apply(service(version % 2 === 0 ? 'apii' : 'api', version)));
	}

	expect(ring.size.bytes).toBeLessThanOrEqual(3000);
	expect(ring.size.changes).toBeGreaterThan(1);
	expect(ring.size.since).toBeLessThan(ring.changes[0]!.at);
	clock.advance(120_000);
	ring.take(now());
	expect(ring.size).toMatchObject({changes: 0, bytes: 0, since: noon + 18_000 + 60_000});
});

test('a kind is held from its whole list on, place by place', () => {
	const {source, now, clock} = ringOver(service('api', 1));
	const held = createHeldSince();
	source.say('Pod', {state: 'connecting'});
	clock.settle();
	const wanted: Demand = new Map<Kind, 'all' | ReadonlySet<string>>([
		['Service', new Set(['shop'])],
		['Pod', 'all'],
	]);
	held.look(wanted, now());
	expect([held.of('Service', 'shop'), held.of('Service', 'other'), held.of('Pod', 'shop')]).toEqual([
		noon,
		Infinity,
		Infinity,
	]);
	clock.advance(1000);
	source.say('Pod', {state: 'synced'});
	held.look(wanted, now());
	expect(held.of('Pod', 'shop')).toBe(noon + 1000);
});
