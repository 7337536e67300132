import {test} from 'vitest';
import {play, scheduleOf, smallest} from './schedule.ts';

// At length: npm run test:schedules -- --seeds 1000.
const seeds = Array.from({length: 25}, (_, index) => index + 1);

test.concurrent.each(seeds)(
	'whatever fails and whatever is asked for, the store ends up with what the server has (seed %i)',
	async (seed) => {
		const schedule = scheduleOf(seed, 100);
		try {
			await play(schedule);
		} catch (error) {
			const {operations} = await smallest(schedule);
			throw new Error(`seed ${seed} diverges, also by ${JSON.stringify(operations)}`, {cause: error});
		}
	},
);
