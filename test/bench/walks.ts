import {Buffer} from 'node:buffer';
import {performance} from 'node:perf_hooks';
import {createSimulation} from '../../source/demo/simulation.ts';
import type {Kind} from '../../source/model/kinds.ts';
import {kindsThat} from '../../source/model/kinds.ts';
import type {WatchEvent} from '../../source/model/watch-event.ts';
import {project} from '../../source/projection/project.ts';
import type {Wire} from '../../source/projection/wire.ts';
import {touchedBy} from '../../source/session/snapshot-views/touched.ts';
import {createViews, type Views} from '../../source/session/snapshot-views/views.ts';
import {walkTarget} from '../../source/session/snapshot-views/walks.ts';
import {createStore} from '../../source/store/store.ts';
import type {Notice} from '../../source/store/store-types.ts';
import {quantile} from './figures.ts';
import {createBulks, type Bulk} from './server/bulk.ts';

/*
In a process of its own: the walk of one path, and how many walks one event makes again, on a cluster of 10,000 Services,
5,000 Ingresses and 2,000 policies. Pods are those of the namespaces that are walked, and
kube-proxy on every node.
*/
const walked = 20;
const bulks = createBulks(150_000);
const {writer, reader} = createStore();
const notices: Notice[] = [];
reader.subscribe((notice) => notices.push(notice));

for (const kind of kindsThat(() => true)) {
	writer.apply({type: 'init', kind});
}

const {world, settle} = createSimulation();
settle();
for (const kind of kindsThat(() => true)) {
	world.list(kind).forEach((object) => add(kind, object));
}

for (const bulk of bulks.values()) {
	const [, end] = bulk.kind === 'Pod' ? bulk.range('team-019') : bulk.range(undefined);
	addAll(bulk, [0, end]);
}

// A node without kube-proxy is a finding of every path.
const pods = bulks.get('Pod') as Bulk;
addAll(pods, pods.range('kube-system'));

for (let count = 0; count < 2000; count++) {
	add('NetworkPolicy', policy(count));
}

for (const kind of kindsThat(() => true)) {
	writer.apply({type: 'init-done', kind});
}

const snapshot = reader.snapshot(Date.now());
const targets = Array.from({length: walked * 50}, (_, index) => {
	const name = `app-${String(index).padStart(5, '0')}`;
	const namespace = `team-${String(Math.floor(index / 50)).padStart(3, '0')}`;
	return index % 2 === 0 ? `http://${name}.example.com/` : `service/${namespace}/${name}`;
});
const times: number[] = [];
let unwell = 0;
for (const target of targets) {
	const start = performance.now();
	const answer = walkTarget(snapshot, {target, traceOptions: {}, fallback: 'default'});
	times.push(performance.now() - start);
	unwell += 'trace' in answer && answer.trace.paths.every(({verdict}) => verdict === 'ok') ? 0 : 1;
}

const views = createViews({namespace: undefined, traceOptions: {}, fallback: 'default'});
const first = performance.now();
const all = walksOf(views);
const firstMs = performance.now() - first;
// The notice of all that was put in comes first.
await new Promise((resolve) => setTimeout(resolve, 50));
notices.length = 0;
const slices = bulks.get('EndpointSlice') as Bulk;
writer.apply({
	type: 'apply',
	kind: 'EndpointSlice',
	object: project('EndpointSlice', changed(wireOf(slices, 4242, 1))),
});
await new Promise((resolve) => setTimeout(resolve, 50));
notices.forEach((notice) => views.touch(touchedBy(notice, () => false)));
const again = performance.now();
const rewalked = walksOf(views);

console.log(
	JSON.stringify({
		median: quantile(times, 0.5),
		p99: quantile(times, 0.99),
		unwell,
		all,
		firstMs,
		rewalked,
		rewalkMs: performance.now() - again,
		mb: process.resourceUsage().maxRSS / 1024,
	}),
);

function add(kind: Kind, wire: Wire): void {
	writer.apply({type: 'init-apply', kind, object: project(kind, wire)} as WatchEvent);
}

function addAll(bulk: Bulk, [from, end]: readonly [number, number]): void {
	for (let index = from; index < end; index++) {
		add(bulk.kind, wireOf(bulk, index, 0));
	}
}

function wireOf(bulk: Bulk, index: number, revision: number): Wire {
	const stamp = bulk.formsOf(index).items.json;
	const bytes = Buffer.alloc(stamp.size);
	stamp.print(bytes, 0, {...bulk.values(index), v: 100_000_000 + revision, r: revision});
	return {kind: bulk.kind, apiVersion: bulk.apiVersion, ...(JSON.parse(bytes.toString()) as Wire)};
}

/** One endpoint is not ready any more. */
function changed(wire: Wire): Wire {
	const [one, ...others] = wire['endpoints'] as readonly Wire[];
	return {
		...wire,
		endpoints: [{...one, conditions: {ready: false, serving: false, terminating: false}}, ...others],
	};
}

function policy(count: number): Wire {
	const namespace = `team-${String(count % 200).padStart(3, '0')}`;
	const app = `app-${String((count % 200) * 50 + (Math.floor(count / 200) % 50)).padStart(5, '0')}`;
	return {
		apiVersion: 'networking.k8s.io/v1',
		kind: 'NetworkPolicy',
		metadata: {namespace, name: `policy-${count}`, uid: `policy-${count}`, resourceVersion: '1'},
		spec: {
			podSelector: {matchLabels: {app}},
			ingress: [{from: [{namespaceSelector: {}}, {ipBlock: {cidr: '0.0.0.0/0'}}], ports: [{port: 8080}]}],
		},
	};
}

/** How many walks it takes until all is up to date. */
function walksOf(of: Views): number {
	let count = 0;
	const now = reader.snapshot(Date.now());
	while (of.work(now)) {
		count++;
	}

	return count;
}
