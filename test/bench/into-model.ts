import {Buffer} from 'node:buffer';
import {performance} from 'node:perf_hooks';
import '../../source/commands/small-young-generation.ts';
import {connect} from '../../source/cluster/connect.ts';
import {createLiveFeed} from '../../source/feeds/live.ts';
import {createStore} from '../../source/store/store.ts';

/*
In a process of its own. `model`: every pod into the model. `parse`: the floor, one list that is fetched and parsed.
`pages`: the floor where no string is large enough for one list: pages of 500, parsed and dropped. `events`: every pod
into the model, and then what the parent says has changed.
*/
const connection = await connect({server: process.env['KNET_BENCH_SERVER']});
const start = performance.now();

const tasks: Readonly<Record<string, () => Promise<void>>> = {
	parse: async () => say(await fetchAndParse()),
	pages: async () => say(await pageByPage()),
	model: intoModel,
	events: follow,
};
await tasks[process.argv[2] ?? 'model']?.();
await connection.close();

function say(count: number): void {
	const {heapUsed} = process.memoryUsage();
	console.log(
		JSON.stringify({
			ms: performance.now() - start,
			mb: process.resourceUsage().maxRSS / 1024,
			heap: heapUsed / 2 ** 20,
			count,
		}),
	);
}

async function fetchList(query: Readonly<Record<string, string>>) {
	const {body} = await connection.request({path: '/api/v1/pods', query});
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) {
		chunks.push(chunk);
	}

	return JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
		readonly items: readonly unknown[];
		readonly metadata: {readonly continue?: string};
	};
}

async function fetchAndParse(): Promise<number> {
	return (await fetchList({resourceVersion: '0'})).items.length;
}

async function pageByPage(): Promise<number> {
	let count = 0;
	let next: string | undefined = '';
	while (next !== undefined) {
		const page = await fetchList({limit: '500', ...(next === '' ? {} : {continue: next})});
		count += page.items.length;
		next = page.metadata.continue;
	}

	return count;
}

async function openModel() {
	const {writer, reader} = createStore();
	const feed = createLiveFeed({connection, writer});
	const synced = new Promise<void>((resolve) => {
		// Once all is there nobody asks any more: a snapshot makes the next change work on a copy.
		const stop = reader.subscribe(() => {
			if (reader.snapshot(Date.now()).state('Pod').state === 'synced') {
				stop();
				resolve();
			}
		});
	});
	feed.want(new Map([['Pod', 'all']]));
	await synced;
	return {reader, feed};
}

async function intoModel(): Promise<void> {
	const {reader, feed} = await openModel();
	say(reader.count('Pod'));
	await feed.stop();
}

/** The parent says how many events come; it is told how long they took, and the sum of what the pods say of their revision. */
async function follow(): Promise<void> {
	const {reader, feed} = await openModel();
	process.on('message', ({count}: {readonly count: number}) => {
		const before = feed.counters.events;
		const [from, cpu] = [performance.now(), process.cpuUsage()];
		const looking = setInterval(() => {
			if (feed.counters.events - before >= count) {
				clearInterval(looking);
				const used = process.cpuUsage(cpu);
				const pods = reader.snapshot(Date.now()).list('Pod');
				process.send?.({
					seconds: (performance.now() - from) / 1000,
					cpuSeconds: (used.user + used.system) / 1e6,
					objects: pods.filter(({labels}) => labels['revision'] !== undefined).length,
					sum: pods.reduce((sum, {labels}) => sum + Number(labels['revision']?.slice(1) ?? 0), 0),
				});
			}
		}, 5);
	});
	process.send?.({synced: true});
	await new Promise((resolve) => process.once('disconnect', resolve));
	await feed.stop();
}
