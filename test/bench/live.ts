import {fork} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as wait} from 'node:timers/promises';
import {openExplorer, showsKeys} from './explorer.ts';
import {quantile, type Line, type Measured} from './figures.ts';
import type {BenchServer} from './server/start.ts';

/** Keys while 150,000 pods' Services and slices load, and 3,000 changes a second come. */
export async function keyLines(large: BenchServer, env: NodeJS.ProcessEnv): Promise<readonly Line[]> {
	const explorer = openExplorer({file: 'dist/cli.js', args: ['--server', large.url, '-A'], env});
	const times: number[] = [];
	let lost = 0;
	try {
		await explorer.until((text) => text.includes('knet'));
		const end = performance.now() + 15_000;
		void large.ask({do: 'churn', kind: 'EndpointSlice', count: 30_000, rate: 3000});
		while (performance.now() < end) {
			const isOpen = times.length % 2 === 0;
			const ms = await explorer.press('?', (screen) => showsKeys(screen) === isOpen);
			times.push(ms ?? 1000);
			lost += ms === undefined ? 1 : 0;
			await wait(40);
		}
	} finally {
		await explorer.close();
	}

	return [
		{
			name: `keys while it loads, p99 of ${times.length}`,
			goal: 50,
			unit: 'ms',
			value:
				lost > 0
					? {why: `${lost} of ${times.length} keys were not answered`}
					: {value: quantile(times, 0.99)},
		},
		{name: 'keys while it loads, median', goal: 20, unit: 'ms', value: {value: quantile(times, 0.5)}},
	];
}

type Followed = {
	readonly seconds: number;
	readonly cpuSeconds: number;
	readonly objects: number;
	readonly sum: number;
};

/** Changes of pods: as many as it can take, and 3,000 a second. */
export async function eventLines(server: BenchServer, env: NodeJS.ProcessEnv): Promise<readonly Line[]> {
	const follow = async (count: number, rate: number): Promise<Followed & {readonly lost: number}> => {
		const child = fork('test/bench/into-model.ts', ['events'], {
			env: {...env, KNET_BENCH_SERVER: server.url},
		});
		await once(child, 'message');
		child.send({count});
		const followed = once(child, 'message') as Promise<[Followed]>;
		await server.ask({do: 'churn', kind: 'Pod', count, rate});
		const [result] = await followed;
		child.disconnect();
		const truth = await server.ask<{readonly objects: number; readonly sum: number}>({
			do: 'revisions',
			kind: 'Pod',
		});
		return {...result, lost: truth.objects - result.objects + (truth.sum - result.sum)};
	};
	const fast = await follow(100_000, 0);
	const steady = await follow(45_000, 3000);
	const lost = [fast, steady].filter((each) => each.lost !== 0);
	const whole = (value: number): Measured =>
		lost.length > 0 ? {why: `the model is ${lost[0]?.lost} changes away from the server`} : {value};
	return [
		{
			name: 'watch events absorbed a second, none lost',
			goal: 10_000,
			isLeast: true,
			unit: 'events/s',
			value: whole(100_000 / fast.seconds),
		},
		{
			name: '3,000 events a second, share of a core',
			goal: 0.4,
			unit: 'cores',
			value: whole(steady.cpuSeconds / steady.seconds),
		},
	];
}

/** From a change at the server to the bytes that show it. */
export async function latencyLines(server: BenchServer, env: NodeJS.ProcessEnv): Promise<readonly Line[]> {
	const explorer = openExplorer({file: 'dist/cli.js', args: ['--server', server.url, '-n', 'shop'], env});
	const times: number[] = [];
	try {
		await explorer.until((text) => text.includes('svc/web') && text.includes('● live'));
		await wait(3000);
		for (let count = 100; count < 140; count++) {
			const name = `aa-${count}`;
			const shown = explorer.bytes(name);
			await server.ask({do: 'put', object: serviceOf(name)});
			times.push(await shown);
			await server.ask({do: 'remove', kind: 'Service', name: `shop/${name}`});
			await wait(2100);
		}
	} catch (error) {
		return [{name: 'event → bytes on the terminal, p99', goal: 150, unit: 'ms', value: {why: String(error)}}];
	} finally {
		await explorer.close();
	}

	return [
		{
			name: `event → bytes on the terminal, p99 of ${times.length}`,
			goal: 150,
			unit: 'ms',
			value: {value: quantile(times, 0.99)},
		},
		{
			name: 'event → bytes on the terminal, median',
			goal: 50,
			unit: 'ms',
			value: {value: quantile(times, 0.5)},
		},
	];
}

function serviceOf(name: string) {
	return {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {namespace: 'shop', name},
		spec: {clusterIP: '10.96.77.1', ports: [{port: 80}]},
	};
}
