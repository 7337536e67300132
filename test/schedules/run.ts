// Plays random schedules at length: npm run test:schedules -- --seeds 1000 [--operations 500] [--first 1].
// A failing seed prints itself and the smallest schedule that still fails.
import {parseArgs} from 'node:util';
import {play, scheduleOf, smallest} from './schedule.ts';

const {values} = parseArgs({
	options: {
		seeds: {type: 'string', default: '100'},
		operations: {type: 'string', default: '500'},
		first: {type: 'string', default: '1'},
	},
});
const first = Number(values.first);
const last = first + Number(values.seeds) - 1;
const total = {requests: 0, faults: 0, operations: 0};
const failed: number[] = [];
const started = performance.now();

for (let seed = first; seed <= last; seed++) {
	const schedule = scheduleOf(seed, Number(values.operations));
	try {
		const {requests, faults} = await play(schedule);
		total.requests += requests;
		total.faults += faults;
		total.operations += schedule.operations.length;
	} catch (error) {
		failed.push(seed);
		console.log(`seed ${seed} diverged: ${String(error)}`);
		console.log(`smallest schedule that still does: ${JSON.stringify(await smallest(schedule))}`);
	}

	if (seed % 50 === 0 || seed === last) {
		const seconds = Math.round((performance.now() - started) / 1000);
		globalThis.gc?.();
		const {rss, heapUsed} = process.memoryUsage();
		const memory = `heap ${Math.round(heapUsed / 2 ** 20)} MB, ${Math.round(rss / 2 ** 20)}`;
		console.log(
			`${seed - first + 1} schedules, ${total.operations} operations, ${total.requests} requests, ${total.faults} faults, ` +
				`${failed.length} diverged (${failed.join(', ')}), ${seconds} s, ${memory} MB`,
		);
	}
}

process.exitCode = failed.length > 0 ? 1 : 0;
