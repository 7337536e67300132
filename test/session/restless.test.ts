import {expect, test} from 'vitest';
import {createRestless} from '../../source/session/restless.ts';
import type {Notice} from '../../source/store/store-types.ts';
import {manualClock} from '../helpers/manual-clock.ts';

const fought = 'Ingress/shop/fought';

function change(...objects: readonly string[]): Notice {
	return {
		kinds: new Set(objects.map((object) => object.split('/')[0] as 'Ingress')),
		objects: new Set(objects),
		evidence: false,
	};
}

/** `news.is`: what is told shows something new. */
function open(news: {is: boolean | undefined} = {is: false}) {
	const clock = manualClock(0);
	const told: Array<{readonly at: number; readonly objects: readonly string[]}> = [];
	const newStates = new Set<string>();
	const restless = createRestless({
		clock,
		hasNewState: (kind) => newStates.has(kind),
		tell(notice) {
			told.push({at: clock.elapsed(), objects: [...notice.objects]});
			restless.shown(news.is, true);
		},
	});
	return {clock, told, newStates, hear: restless.hear};
}

test('an object that changes five times a second and shows nothing new is told every two seconds at last', () => {
	const {clock, told, hear} = open();
	for (let time = 0; time < 20_000; time += 200) {
		hear(change(fought));
		clock.advance(200);
	}

	expect(told.slice(0, 4).map(({at}) => at)).toEqual([0, 200, 400, 650]);
	const last = told.slice(-4).map(({at}) => at);
	expect(last.map((at, position) => at - (last[position - 1] ?? at)).slice(1)).toEqual([2000, 2000, 2000]);
});

test('its last change is told, also where none follows', () => {
	const {clock, told, hear} = open();
	for (let turn = 0; turn < 5; turn++) {
		hear(change(fought));
		clock.advance(10);
	}

	expect(told).toHaveLength(3);
	clock.advance(2000);
	expect(told).toHaveLength(4);
	clock.advance(60_000);
	expect(told).toHaveLength(4);
});

test('what is told while another time is on the screen makes no object restless, and calms none', () => {
	const news: {is: boolean | undefined} = {is: undefined};
	const {clock, told, hear} = open(news);
	const changes = (turns: number): number => {
		const before = told.length;
		for (let turn = 0; turn < turns; turn++) {
			hear(change(fought));
			clock.advance(10);
		}

		return told.length - before;
	};
	expect(changes(5)).toBe(5);
	news.is = false;
	expect(changes(5)).toBe(3);
	news.is = undefined;
	expect(changes(5)).toBe(0);
});

test('another object is told at once beside it', () => {
	const {clock, told, hear} = open();
	for (let turn = 0; turn < 6; turn++) {
		hear(change(fought));
		clock.advance(10);
	}

	hear(change(fought, 'Ingress/shop/other'));
	expect(told.at(-1)).toEqual({at: 60, objects: ['Ingress/shop/other']});
});

test('an object whose changes show something new never waits', () => {
	const {clock, told, hear} = open({is: true});
	for (let turn = 0; turn < 50; turn++) {
		hear(change(fought));
		clock.advance(10);
	}

	expect(told).toHaveLength(50);
});

test('an object that rested for ten seconds is told at once again', () => {
	const {clock, told, hear} = open();
	for (let turn = 0; turn < 6; turn++) {
		hear(change(fought));
		clock.advance(10);
	}

	clock.advance(20_000);
	hear(change(fought));
	expect(told.at(-1)?.at).toBe(clock.elapsed());
});

test('a new state of its kind is told at once, and for all objects', () => {
	const {clock, told, newStates, hear} = open();
	for (let turn = 0; turn < 6; turn++) {
		hear(change(fought));
		clock.advance(10);
	}

	newStates.add('Ingress');
	hear(change(fought));
	expect(told.at(-1)).toEqual({at: 60, objects: []});
});
