import {expect, test} from 'vitest';
import {createViews} from '../../source/session/snapshot-views/views.ts';
import {snapshotOf} from '../helpers/snapshot.ts';
import {shopYaml} from './cluster.ts';

function node(name: string): string {
	return `\n---\napiVersion: v1\nkind: Node\nmetadata: {name: ${name}}\nstatus: {conditions: [{type: Ready, status: "True"}]}\n`;
}

function open() {
	const views = createViews({namespace: 'shop', traceOptions: {}, fallback: 'default'});
	let snapshot = snapshotOf(shopYaml);
	return {
		views,
		become: (yaml: string): void => {
			snapshot = snapshotOf(yaml);
			views.touchAll();
		},
		/** Where the selected target is walked from, once all is up to date. */
		places: (): readonly string[] | undefined => {
			while (views.work(snapshot));
			return views.matrix?.rows.map(({from}) => ('name' in from ? `${from.kind} ${from.name}` : from.kind));
		},
	};
}

test('a target is walked from everywhere only while that is wanted', () => {
	const {views, places} = open();
	views.select({target: 'svc/web', namespace: 'shop'});
	expect(places()).toBeUndefined();
	views.compare(true);
	expect(places()).toContain('node node-a');
	views.select({});
	expect(places()).toBeUndefined();
	views.select({target: 'svc/api', namespace: 'shop'});
	expect(views.matrix?.target.text).toBe('svc/api');
	views.compare(false);
	expect(places()).toBeUndefined();
});

test('a place is one row also where the person chose it, and a node that comes or goes is one more or less', () => {
	const {views, places, become} = open();
	views.select({target: 'svc/web', namespace: 'shop', from: {kind: 'node', name: 'node-a'}});
	views.compare(true);
	expect(views.selected?.from).toEqual({kind: 'node', name: 'node-a'});
	const first = places()!;
	expect(first.filter((place) => place === 'node node-a')).toHaveLength(1);
	become(shopYaml + node('node-b'));
	expect(places()).toEqual(['node node-a', 'node node-b', ...first.slice(1)]);
	become(shopYaml);
	expect(places()).toEqual(first);
});
