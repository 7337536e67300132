import {expect, test} from 'vitest';
import {createLiveFeed} from '../../source/feeds/live.ts';
import {createStore} from '../../source/store/store.ts';
import {unusedConnection} from './helpers/fake-api.ts';
import {createFakeClock} from './helpers/fake-clock.ts';

test('a feed says when a silent cluster was heard last: from 5 s on, the same time at each look', () => {
	const clock = createFakeClock();
	let silence = 0;
	const feed = createLiveFeed({
		connection: {...unusedConnection, request: unusedConnection.webSocket, silence: () => silence},
		writer: createStore().writer,
		clock,
	});
	const told = [4999, 5000, 7003, 0, 5001].map((milliseconds) => {
		silence = milliseconds;
		const {heardAt} = feed;
		return heardAt === undefined ? undefined : clock.now() - heardAt;
	});
	expect(told).toEqual([undefined, 5000, 5000, undefined, 5001]);
});
