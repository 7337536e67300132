import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {serveWorld} from '../../source/demo/api-server.ts';
import {createSimulation, type Simulation} from '../../source/demo/simulation.ts';
import {openScreen, type Screen} from '../helpers/screen.ts';
import type {Line} from './figures.ts';

const sizes = [
	{columns: 80, rows: 24},
	{columns: 120, rows: 30},
] as const;
/** Milliseconds. */
const settled = 5000;
const idling = 60_000;
const measured = 10_000;

/** Bytes that the explorer writes to a terminal, and how soon a key is answered: the goals are those of a slow link. */
export async function wireLines(given: NodeJS.ProcessEnv): Promise<readonly Line[]> {
	const env = {...given, TERM: 'xterm-256color', LANG: 'C.UTF-8', CI: undefined};
	const lines: Line[] = [];
	for (const size of sizes) {
		lines.push(...(await linesAt(size, env)));
	}

	return lines;
}

type Size = (typeof sizes)[number];

async function linesAt(size: Size, env: NodeJS.ProcessEnv): Promise<readonly Line[]> {
	const simulation = createSimulation();
	simulation.settle();
	const server = await serveWorld(simulation.world);
	const screen = openScreen('dist/cli.js', ['--server', server.url, '-n', 'shop'], {...size, env});
	try {
		await screen.until('live');
		await sleep(settled);
		const lines = [...(await calmLines(screen)), ...(await busyLines(screen, simulation))];
		return lines.map((line) => ({...line, name: `${size.columns}×${size.rows} ${line.name}`}));
	} finally {
		await screen.close();
		await server.close();
	}
}

async function calmLines(screen: Screen): Promise<readonly Line[]> {
	const idle = await bytesPerSecond(screen, idling);
	const move = await costOfKey(screen);
	return [
		{name: 'idle', value: {value: idle}, unit: 'B/s', goal: 2},
		{name: 'focus moves', value: {value: move.bytes}, unit: 'B', goal: 1000},
		{name: 'key to frame, idle', value: {value: move.ms}, unit: 'ms', goal: 50},
	];
}

async function busyLines(screen: Screen, simulation: Simulation): Promise<readonly Line[]> {
	const lines: Line[] = [];
	for (const rate of [10, 100] as const) {
		const stop = changing(simulation, rate);
		const value = await bytesPerSecond(screen, measured);
		lines.push({name: `${rate} changes a second`, value: {value}, unit: 'B/s', goal: 5000});
		stop();
	}

	const stop = changing(simulation, 3000);
	await sleep(2000);
	const {ms} = await costOfKey(screen);
	stop();
	return [...lines, {name: 'key to frame, 3,000 events a second', value: {value: ms}, unit: 'ms', goal: 100}];
}

async function bytesPerSecond(screen: Screen, time: number): Promise<number> {
	const before = Buffer.byteLength(screen.output());
	await sleep(time);
	return ((Buffer.byteLength(screen.output()) - before) * 1000) / time;
}

/** Of the tab key, which moves the focus: the median of five. */
async function costOfKey(screen: Screen): Promise<{readonly ms: number; readonly bytes: number}> {
	const costs: {ms: number; bytes: number}[] = [];
	for (let press = 0; press < 5; press++) {
		const before = screen.output().length;
		const start = performance.now();
		screen.type('\t');
		while (screen.output().length === before && performance.now() - start < 5000) {
			await sleep(1);
		}

		const ms = performance.now() - start;
		await sleep(300);
		costs.push({ms, bytes: Buffer.byteLength(screen.output().slice(before))});
	}

	const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[2] ?? 0;
	return {ms: median(costs.map(({ms}) => ms)), bytes: median(costs.map(({bytes}) => bytes))};
}

/** Pods become ready and unready by turns, so many changes a second. */
function changing({world}: Simulation, rate: number): () => void {
	const every = Math.max(50, 1000 / rate);
	let turn = 0;
	const timer = setInterval(() => {
		for (let change = 0; change < (rate * every) / 1000; change++) {
			const pods = world.list('Pod').filter(({metadata}) => metadata.namespace === 'shop');
			const pod = pods[turn % pods.length];
			const status = turn % 2 === 0 ? 'False' : 'True';
			turn++;
			if (pod) {
				world.edit('Pod', `shop/${pod.metadata.name}`, (object) => ({
					...object,
					status: {...(object['status'] as object), conditions: [{type: 'Ready', status}]},
				}));
			}
		}
	}, every);
	return () => clearInterval(timer);
}
