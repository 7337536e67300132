import {expect, test} from 'vitest';
import {createResumption} from '../../../source/session/worker/resumption.ts';
import {shop} from '../../helpers/shop.ts';

test('a recording goes on in a new thread where it was, as fast as it was', () => {
	const playback = {at: 60_000, asOf: 1000, speed: 4, isPaused: false, start: 0, end: 900_000};
	const resumption = createResumption(() => 3000);
	resumption.note({...shop, playback});
	expect(resumption.actions(shop)).toEqual([
		{type: 'play', request: {seek: 68_000}},
		{type: 'play', request: {speed: 4}},
	]);
	resumption.note({...shop, playback: {...playback, isPaused: true}});
	expect(resumption.actions(shop).at(-1)).toEqual({type: 'play', request: 'pause'});
});
