import {describe, expect, test} from 'vitest';
import type {FieldChange} from '../../../source/history/change.ts';
import type {ToldChange} from '../../../source/session/state.ts';
import {changeLines} from '../../../source/ui/lines/change-lines.ts';
import {unicodeGlyphs as glyphs} from '../../../source/view/text/glyphs.ts';
import {plainText} from '../../../source/view/text/line.ts';
import {shop} from '../../helpers/shop.ts';
import {now, selectorChange} from '../../helpers/shop-traces.ts';

const change = {...selectorChange, who: {manager: 'kubectl-client-side-apply', at: now}};

function lines(width: number): readonly string[] {
	const session = {...shop, namespace: 'shop', entries: []};
	const selected = {target: '', changes: {}, objectChanges: [change]};
	return changeLines({session, selected, glyphs}, width).map((line) => plainText(line).slice(11).trimEnd());
}

test('a change names its field, who made it and the second, however narrow the region', () => {
	expect(lines(90)).toEqual([
		'Service web  selector app=web → app=webb          by kubectl-client-side-apply',
	]);
	expect(lines(48)).toEqual(['Service web       by kubectl-client…', '  selector app=web → app=webb']);
});

test('a change that is made and taken back again and again is one line, with all who make it', () => {
	const fought = {
		...change,
		object: {kind: 'Deployment', namespace: 'shop', name: 'web'},
		fields: [{path: 'replicas', was: '2', is: '5'}],
		turns: {times: 14, last: []},
		who: {manager: 'argocd', against: ['kube-controller-manager']},
	};
	const session = {...shop, namespace: 'shop', entries: []};
	const selected = {target: '', changes: {}, objectChanges: [fought]};
	const shown = (width: number) =>
		changeLines({session, selected, glyphs}, width).map((line) => plainText(line).slice(11).trimEnd());
	expect(shown(110)).toEqual([
		'Deployment web  replicas 2 ↔ 5, 14 times                     by argocd and kube-controller-manager',
	]);
	expect(shown(52)).toEqual([
		'Deployment web',
		'  replicas 2 ↔ 5, 14 times',
		'  by argocd and kube-controller-manager',
	]);
});

test('that the cluster went silent is no change of an entry', () => {
	const [entry] = shop.entries;
	const changed = {at: now, was: 'ok'} as const;
	const texts = (row: object): readonly string[] =>
		changeLines({session: {...shop, entries: [{...entry!, changed, ...row}]}, glyphs}, 90).map(plainText);
	expect(texts({verdict: 'broken'}).join()).toContain('ok → broken');
	expect(texts({verdict: 'unknown', beforeSilence: {verdict: 'ok'}}).join()).not.toContain('→');
});

describe('the verdict of an entry', () => {
	const [entry] = shop.entries;
	const ago = (seconds: number) => now - seconds * 1000;
	const shown = (row: object, target = ''): readonly string[] =>
		changeLines(
			{
				session: {...shop, entries: [{...entry!, title: 'svc/a:80', ...row}]},
				selected: {target, changes: {}},
				glyphs,
			},
			90,
		).map((line) => plainText(line).trim());
	const before = [
		{at: ago(20), was: 'unknown'},
		{at: ago(30), was: 'ok'},
		{at: ago(40), was: 'broken'},
		{at: ago(50), was: 'unknown'},
	];
	const flaps = {verdict: 'broken', changed: {at: ago(10), was: 'ok', times: 14, before}};

	test('is one line of an entry that flaps, with how often', () => {
		expect(shown(flaps)).toEqual(['02:29:53  svc/a:80  ok → broken flaps ×14']);
	});

	test('flapped before the cluster went silent, which is no turn of it', () => {
		const {verdict, changed} = flaps;
		const silent = {verdict: 'unknown', changed: {at: now, was: 'broken', times: 15}};
		expect(shown({...silent, beforeSilence: {verdict, changed}})).toEqual(shown(flaps));
	});

	test('is told change by change of the entry that is looked at', () => {
		expect(shown(flaps, entry!.target)).toEqual([
			'02:29:53  svc/a:80  ok → broken',
			'02:29:43  svc/a:80  unknown → ok',
			'02:29:33  svc/a:80  ok → unknown',
			'02:29:23  svc/a:80  healed',
		]);
	});

	test('that was unknown between is told from what it was before', () => {
		const changed = {at: ago(10), was: 'unknown', before: [{at: ago(60), was: 'ok'}]};
		expect(shown({verdict: 'broken', changed})).toEqual(['02:29:53  svc/a:80  ok → broken']);
	});

	test('that came to be known has not changed', () => {
		expect(shown({verdict: 'broken', changed: {at: ago(10), was: 'unknown'}})).toEqual([]);
	});
});

test('beside what is supposed it does not say that nothing has changed', () => {
	const history = {changes: 0, bytes: 0, mostBytes: 1, since: now};
	const texts = (more: object): readonly string[] =>
		changeLines({session: {...shop, entries: [], history, ...more}, glyphs}, 90).map(plainText);
	expect(texts({})).toEqual([' none since 02:30']);
	expect(texts({supposition: {title: 'drain node-b', entries: [], assumed: []}})).toEqual([
		' not shown: this is supposed; * goes back to now',
	]);
});

test('where rows are few, what a person changed stays and what followed gives way', () => {
	const ago = (seconds: number) => now - seconds * 1000;
	const scaled = {
		...change,
		at: ago(9),
		object: {kind: 'Deployment', namespace: 'shop', name: 'web'},
		fields: [{path: 'replicas', was: '2', is: '0'}],
		who: {manager: 'kubectl-scale', at: ago(9)},
	};
	const pod = {
		...change,
		object: {kind: 'Pod', namespace: 'shop', name: 'web-1'},
		fields: [],
		who: undefined,
	};
	const relabelled = {
		...pod,
		at: ago(8),
		fields: [{path: 'labels', was: 'app=web', is: 'app=webb'}],
		who: {manager: 'kubectl-label', at: ago(8)},
	};
	const objectChanges = [
		{...pod, at: ago(1), type: 'removed' as const},
		{...pod, at: ago(2), fields: [{path: 'phase', was: 'Running', is: 'Succeeded'}]},
		{...scaled, at: ago(3), fields: [{path: 'readyReplicas', was: '2', is: '0'}], who: undefined},
		relabelled,
		scaled,
	];
	const session = {...shop, namespace: 'shop', entries: []};
	const selected = {target: '', changes: {}, objectChanges};
	const shown = changeLines({session, selected, glyphs}, 80, 3).map((line) => plainText(line).trim());
	expect(shown).toEqual([
		'02:30:02  Pod web-1  removed',
		expect.stringMatching(/^02:29:55 {2}Pod web-1 {2}labels app=web → app=webb +by kubectl-label$/u),
		expect.stringMatching(/^02:29:54 {2}Deployment web {2}replicas 2 → 0 +by kubectl-scale$/u),
	]);
});

test('where rows are few, who changed what is not pushed out by the entries that it broke', () => {
	const changed = {at: now + 1000, was: 'ok'} as const;
	const entries = shop.entries.slice(0, 4).map((row) => ({...row, verdict: 'broken' as const, changed}));
	const selected = {target: '', changes: {}, objectChanges: [change]};
	const shown = changeLines({session: {...shop, entries}, selected, glyphs}, 90, 4).map(plainText);
	expect(shown).toHaveLength(4);
	expect(shown.join('\n')).toContain('selector app=web → app=webb');
});

describe('what follows from one change', () => {
	const ago = (seconds: number) => now - seconds * 1000;
	const scaled = {
		...change,
		id: 1,
		at: ago(9),
		object: {kind: 'Deployment', namespace: 'shop', name: 'web'},
		fields: [{path: 'replicas', was: '0', is: '2'}],
		who: {manager: 'kubectl-patch', at: ago(9)},
	} as const;
	const of = (
		kind: 'Pod' | 'EndpointSlice' | 'ReplicaSet',
		name: string,
		seconds: number,
		...fields: FieldChange[]
	) => ({
		...change,
		at: ago(seconds),
		object: {kind, namespace: 'shop', name},
		type: fields.length > 0 ? ('changed' as const) : ('added' as const),
		fields,
		who: undefined,
	});
	const ready = {path: 'conditions[Ready]', was: 'False ContainersNotReady', is: 'True'};
	const running = {path: 'containers[web].state', was: 'waiting ContainerCreating', is: 'running'};
	const slice = {path: 'ready endpoints', was: '0 of 2', is: '2 of 2'};
	const shown = (objectChanges: readonly ToldChange[], width: number, rows?: number): readonly string[] => {
		const session = {...shop, namespace: 'shop', entries: []};
		const selected = {target: '', changes: {}, objectChanges};
		return changeLines({session, selected, glyphs}, width, rows).map((line) => plainText(line).trimEnd());
	};

	test('is told once for each kind and outcome, so that the change itself stays in sight', () => {
		const pods = ['web-6f9c7b5d4-x2x7k', 'web-6f9c7b5d4-k8p2m', 'web-6f9c7b5d4-zz4tq'];
		const changes = [
			of('EndpointSlice', 'web-x7k2p', 1, slice),
			...pods.map((name) => of('Pod', name, 2, ready)),
			...pods.map((name) => of('Pod', name, 3, running)),
			of('EndpointSlice', 'web-x7k2p', 4, {path: 'endpoints', is: '10.244.1.7'}),
			...pods.map((name) => of('Pod', name, 5)),
			of('ReplicaSet', 'web-6f9c7b5d4', 8, {path: 'replicas', was: '0', is: '2'}),
			scaled,
		];
		expect(shown(changes, 90)).toEqual([
			' 02:30:02  EndpointSlice web-x7k2p  ready endpoints 0 of 2 → 2 of 2, 1 more',
			' 02:30:01  Pod web-6f9c7b5d4-x2x7k and 2 more  Ready False ContainersNotReady → True',
			' 02:29:55  ReplicaSet web-6f9c7b5d4  replicas 0 → 2',
			' 02:29:54  Deployment web  replicas 0 → 2                                by kubectl-patch',
		]);
	});

	test('is told apart from what followed from another change, or later', () => {
		const changes = [
			of('Pod', 'web-1', 1, ready),
			{...scaled, id: 2, at: ago(2), who: {manager: 'kubectl-scale', at: ago(2)}},
			of('Pod', 'web-1', 3, running),
			of('Pod', 'web-1', 20, running),
		];
		expect(shown(changes, 90)).toHaveLength(4);
	});

	test('keeps its decisive words in a narrow region: the name is cut, in its middle', () => {
		expect(shown([of('EndpointSlice', 'web-6f9c7b5d4-x2x7k', 1, slice)], 70)).toEqual([
			' 02:30:02  EndpointSlice web-6…x2x7k  ready endpoints 0 of 2 → 2 of 2',
		]);
		expect(shown([of('EndpointSlice', 'web-6f9c7b5d4-x2x7k', 1, slice)], 48)).toEqual([
			' 02:30:02  EndpointSlice web-6f9c7b5d4-x2x7k',
			'             ready endpoints 0 of 2 → 2 of 2',
		]);
		expect(shown([of('Pod', 'web-6f9c7b5d4-x2x7k', 1, running)], 48)).toEqual([
			' 02:30:02  Pod web-6f9c7b5d4-x2x7k',
			'             containers[web].state waiting',
			'             ContainerCreating → running',
		]);
	});
});
