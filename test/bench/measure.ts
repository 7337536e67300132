import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';

/** What one run of a program cost: milliseconds of wall time, and the most memory it held, in MB (Linux; else 0). */
export type Cost = {readonly ms: number; readonly mb: number};

/** Runs a program to its end, its output thrown away. Rejects when it cannot be started. */
export function runProgram(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Cost> {
	return new Promise((resolve, reject) => {
		const start = performance.now();
		const child = spawn(command, args, {env, stdio: ['ignore', 'pipe', 'pipe']});
		let mb = 0;
		const sampling = setInterval(() => {
			mb = Math.max(mb, peakOf(child.pid));
		}, 5);
		child.stdout.resume();
		child.stderr.resume();
		child.once('error', (error) => {
			clearInterval(sampling);
			reject(error);
		});
		child.once('close', () => {
			clearInterval(sampling);
			resolve({ms: performance.now() - start, mb});
		});
	});
}

/** The high-water mark of a process's resident memory. */
export function peakOf(pid: number | undefined): number {
	try {
		const line = /VmHWM:\s+(?<kb>\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
		return Number(line?.groups?.['kb'] ?? 0) / 1024;
	} catch {
		return 0;
	}
}

/** The median of several runs by time, with the highest memory of all. */
export async function median(runs: number, run: () => Promise<Cost>): Promise<Cost> {
	const costs: Cost[] = [];
	for (let each = 0; each < runs; each++) {
		costs.push(await run());
	}

	const sorted = costs.toSorted((a, b) => a.ms - b.ms);
	return {ms: sorted[Math.floor(runs / 2)]?.ms ?? 0, mb: Math.max(...costs.map(({mb}) => mb))};
}
