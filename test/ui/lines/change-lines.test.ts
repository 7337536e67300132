import {expect, test} from 'vitest';
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

test('that the cluster went silent is no change of an entry', () => {
	const [entry] = shop.entries;
	const changed = {at: now, was: 'ok'} as const;
	const texts = (row: object): readonly string[] =>
		changeLines({session: {...shop, entries: [{...entry!, changed, ...row}]}, glyphs}, 90).map(plainText);
	expect(texts({verdict: 'broken'}).join()).toContain('ok → broken');
	expect(texts({verdict: 'unknown', beforeSilence: {verdict: 'ok'}}).join()).not.toContain('→');
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
