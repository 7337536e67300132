import {performance} from 'node:perf_hooks';
import {connect} from '../../source/cluster/connect.ts';
import {createLiveFeed} from '../../source/feeds/live.ts';
import {createStore} from '../../source/store/store.ts';

/** In a process of its own: every pod into the model (`model`), or the floor: one list, fetched and parsed (`floor`). */
async function main(what: string | undefined): Promise<void> {
	const connection = await connect({server: process.env['KNET_BENCH_SERVER']});
	const start = performance.now();
	const count = what === 'floor' ? await fetchAndParse(connection) : await intoModel(connection);
	console.log(
		JSON.stringify({ms: performance.now() - start, mb: process.resourceUsage().maxRSS / 1024, count}),
	);
	await connection.close();
}

type Connection = Awaited<ReturnType<typeof connect>>;

async function fetchAndParse(connection: Connection): Promise<number> {
	const {body} = await connection.request({path: '/api/v1/pods', query: {resourceVersion: '0'}});
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) {
		chunks.push(chunk);
	}

	return (JSON.parse(Buffer.concat(chunks).toString('utf8')) as {items: readonly unknown[]}).items.length;
}

async function intoModel(connection: Connection): Promise<number> {
	const {writer, reader} = createStore();
	const feed = createLiveFeed({connection, writer});
	const synced = new Promise<void>((resolve) => {
		reader.subscribe(() => {
			if (reader.snapshot(Date.now()).state('Pod').state === 'synced') {
				resolve();
			}
		});
	});
	feed.want(new Map([['Pod', 'all']]));
	await synced;
	await feed.stop();
	return reader.count('Pod');
}

await main(process.argv[2]);
