import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';

/** What one run of a program cost: milliseconds of wall time, and the most memory it held, in MB (Linux; else 0). */
export type Cost = {readonly ms: number; readonly mb: number};

/** A run to its end, and how it ended. */
export type Run = Cost & {readonly code: number | null; readonly stdout: string; readonly stderr: string};

/** Runs a program to its end, or for so many milliseconds. Rejects when it cannot be started. */
export function runProgram(
	command: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv,
	timeout?: number,
): Promise<Run> {
	return new Promise((resolve, reject) => {
		const start = performance.now();
		const child = spawn(command, args, {env, timeout, stdio: ['ignore', 'pipe', 'pipe']});
		const output = {stdout: '', stderr: ''};
		let mb = 0;
		const sampling = setInterval(() => {
			mb = Math.max(mb, peakOf(child.pid));
		}, 5);
		child.stdout.on('data', (data: Buffer) => (output.stdout += data.toString('latin1')));
		child.stderr.on('data', (data: Buffer) => (output.stderr += data.toString('latin1')));
		child.once('error', (error) => {
			clearInterval(sampling);
			reject(error);
		});
		child.once('close', (code) => {
			clearInterval(sampling);
			resolve({ms: performance.now() - start, mb, code, ...output});
		});
	});
}

/** The high-water mark of a process's resident memory. */
export function peakOf(pid: number | undefined): number {
	return ofStatus(pid, 'VmHWM');
}

/** Its resident memory now. */
export function residentOf(pid: number | undefined): number {
	return ofStatus(pid, 'VmRSS');
}

function ofStatus(pid: number | undefined, field: string): number {
	try {
		const line = new RegExp(`${field}:\\s+(?<kb>\\d+) kB`, 'u').exec(
			readFileSync(`/proc/${pid}/status`, 'utf8'),
		);
		return Number(line?.groups?.['kb'] ?? 0) / 1024;
	} catch {
		return 0;
	}
}

/** Why a run is no figure; undefined where it is one. */
export type Judge = (run: Run) => string | undefined;

export type Costs = Cost | {readonly why: string};

/** The median of several runs by time, with the highest memory of all; or why one of them is no figure. */
export async function median(runs: number, run: () => Promise<Run>, judge?: Judge): Promise<Costs> {
	const costs: Cost[] = [];
	for (let each = 0; each < runs; each++) {
		try {
			const done = await run();
			const why = done.code === 0 ? judge?.(done) : `it ended with ${done.code}: ${lastLine(done.stderr)}`;
			if (why !== undefined) {
				return {why};
			}

			costs.push(done);
		} catch (error) {
			return {why: String(error instanceof Error ? error.message : error)};
		}
	}

	return medianOf(costs);
}

export function medianOf(costs: readonly Cost[]): Cost {
	const sorted = costs.toSorted((a, b) => a.ms - b.ms);
	return {ms: sorted[Math.floor(costs.length / 2)]?.ms ?? 0, mb: Math.max(...costs.map(({mb}) => mb))};
}

function lastLine(text: string): string {
	return text.trim().split('\n').at(-1)?.slice(0, 120) ?? '';
}

export const msOf = (costs: Costs) => ('why' in costs ? costs : {value: costs.ms});
export const mbOf = (costs: Costs) => ('why' in costs ? costs : {value: costs.mb});
