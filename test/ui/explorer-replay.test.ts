import {afterEach, expect, test} from 'vitest';
import type {SessionState} from '../../source/session/state.ts';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {now} from '../helpers/shop-traces.ts';
import {shop} from '../helpers/shop.ts';
import {waitFor} from '../helpers/wait-for.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

test.each([
	[' ', 'pause'],
	[',', 'step-back'],
	['.', 'step-forward'],
])('%j drives a recording: %s', async (key, request) => {
	const start = now - 3_600_000;
	const playback = {at: start, asOf: now, speed: 1, isPaused: false, start, end: now};
	explorer = openExplorer({
		columns: 80,
		rows: 24,
		state: {...shop, source: {kind: 'recording', files: ['a.knetrec']}, playback},
	});
	await explorer.until('Entries');
	explorer.type(key);
	await waitFor(() => expect(explorer.session.actions).toContainEqual({type: 'play', request}));
});

test.each([
	['p', 'pause'],
	[':at -5m\r', {seek: now - 300_000}],
	[':speed 4\r', {speed: 4}],
])('%j drives a recording', async (typed, request) => {
	const start = now - 3_600_000;
	const playback = {at: now, asOf: now, speed: 2, isPaused: true, start, end: now + 60_000};
	const state: SessionState = {...shop, source: {kind: 'recording', files: ['a.knetrec']}, playback};
	explorer = openExplorer({columns: 80, rows: 24, state});
	await explorer.until(
		(screen) => /replay 2x paused .*02:30:0\d/u.test(screen) && screen.includes('p pause'),
	);
	explorer.type(typed);
	await waitFor(() => expect(explorer.session.actions).toContainEqual({type: 'play', request}));
});

test('what is no time and no speed is said', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type(':at noon\r');
	await explorer.until('at takes a time: 02:57');
	explorer.type(':speed 2\r');
	await explorer.until('only a recording has a speed');
});

test('whoever comes back reads what happened, until the next key', async () => {
	explorer = openExplorer({columns: 120, rows: 30});
	await explorer.until('KNET702');
	explorer.type('\u001B[O\u001B[I');
	await waitFor(() =>
		expect(explorer.session.actions.filter(({type}) => type === 'focus')).toEqual([
			{type: 'focus', isHere: false},
			{type: 'focus', isHere: true},
		]),
	);
	explorer.session.update({away: {since: now - 840_000, until: now, broke: ['a', 'b'], healed: ['c']}});
	await explorer.until('While you were away (14m): 2 broke, 1 healed');
	explorer.type('j');
	await waitFor(() => expect(explorer.session.actions).toContainEqual({type: 'away-seen'}));
});
