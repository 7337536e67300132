import {beforeAll, describe, expect, test} from 'vitest';
import {seed} from '../../source/demo/seed.ts';
import {createSimulation} from '../../source/demo/simulation.ts';
import {parseObjects} from '../../source/feeds/file/parse-objects.ts';
import {kindsThat, type Kind} from '../../source/model/kinds.ts';
import type {WatchEvent} from '../../source/model/watch-event.ts';
import {project} from '../../source/projection/project.ts';
import {record, type Wire} from '../../source/projection/wire.ts';
import {touchedBy} from '../../source/session/snapshot-views/touched.ts';
import {createViews} from '../../source/session/snapshot-views/views.ts';
import {createStore} from '../../source/store/store.ts';
import {noon} from '../helpers/snapshot.ts';

/** The demo's cluster with its shop twice: in `shop`, and in `other` under other hosts. */
function twoShops() {
	const simulation = createSimulation(() => noon);
	const other = seed.replaceAll('namespace: shop', 'namespace: other').replaceAll('.com', '.org');
	parseObjects(other, 'other')
		.filter((object) => record(object['metadata'])['namespace'] === 'other')
		.forEach((object) => simulation.world.put(object));
	simulation.settle();
	return simulation.world;
}

function eventOf(type: 'apply' | 'init-apply', kind: Kind, wire: Wire): WatchEvent {
	return {type, kind, object: project(kind, wire)} as WatchEvent;
}

/** All entries of both shops, kept up to date. */
function openViews() {
	const world = twoShops();
	const flushes: (() => void)[] = [];
	const {writer, reader} = createStore({schedule: (flush) => flushes.push(flush)});
	const views = createViews({namespace: undefined, traceOptions: {}, fallback: 'default'});
	for (const kind of kindsThat(() => true)) {
		writer.apply({type: 'init', kind});
		world.list(kind).forEach((wire) => writer.apply(eventOf('init-apply', kind, wire)));
		writer.apply({type: 'init-done', kind});
	}

	reader.subscribe((notice) => views.touch(touchedBy(notice, () => false)));
	/** The targets that are walked again until all is up to date. */
	const walked = (): readonly string[] => {
		const before = new Set(views.rows);
		const snapshot = reader.snapshot(noon);
		while (views.work(snapshot));
		return views.rows.filter((row) => !before.has(row)).map(({target}) => target);
	};

	return {
		world,
		walked,
		change(kind: Kind, wire: Wire): void {
			writer.apply(eventOf('apply', kind, wire));
			flushes.splice(0).forEach((flush) => flush());
		},
	};
}

describe('a change in one namespace', () => {
	let opened: ReturnType<typeof openViews>;
	beforeAll(() => {
		opened = openViews();
		opened.walked();
	});

	/** Walked again after an object of the namespace `other` has another label. */
	function afterChangeOf(kind: Kind): readonly string[] {
		const is = (wire: Wire): boolean => record(wire['metadata'])['namespace'] === 'other';
		const wire = opened.world.list(kind).find(is) ?? {
			metadata: {namespace: 'other', name: 'new', uid: 'new'},
		};
		const metadata = record(wire['metadata']);
		const labels = {...record(metadata['labels']), changed: 'yes'};
		opened.change(kind, {...wire, metadata: {...metadata, labels, resourceVersion: '999999'}});
		return opened.walked();
	}

	const ofOther = /other|\.org/u;
	test.each<Kind>(['EndpointSlice', 'Pod'])('of kind %s walks the entries of that namespace only', (kind) => {
		const targets = afterChangeOf(kind);
		expect(targets).not.toEqual([]);
		expect(targets.filter((target) => !ofOther.test(target))).toEqual([]);
	});

	test.each<Kind>(['Event', 'ConfigMap'])('of kind %s walks no entry of another', (kind) => {
		expect(afterChangeOf(kind).filter((target) => !ofOther.test(target))).toEqual([]);
	});

	test('of a Service walks no Service of another', () => {
		const targets = afterChangeOf('Service');
		expect(targets).toContain('svc/other/web:80');
		// The Service of a controller may be in any namespace, so URLs are walked again.
		expect(targets.filter((target) => !ofOther.test(target) && !target.startsWith('http'))).toEqual([]);
	});
});
