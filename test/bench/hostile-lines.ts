import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Line} from './figures.ts';
import {hostileShapes, type Shape} from './hostile.ts';
import {mbOf, msOf, runProgram, type Costs} from './measure.ts';

/** What any run costs, of which a shape is no cause. */
const least = {ms: 250, mb: 80};

/**
Objects of others that are made to be slow, at ten times the size at which they were found. Time and memory may grow no faster
than the input: ten times the objects, ten times the time, beside what a run costs in any case.
*/
export async function hostileLines(env: NodeJS.ProcessEnv): Promise<readonly Line[]> {
	const folder = await mkdtemp(join(tmpdir(), 'knet-bench-'));
	const file = join(folder, 'objects.json');
	const lines: Line[] = [];
	const [large, small] = [hostileShapes(), hostileShapes(0.1)];
	for (const [index, shape] of large.entries()) {
		for (const command of ['scan', 'trace'] as const) {
			const [tenth, whole] = [
				await costOf({file, env, command}, small[index] as Shape),
				await costOf({file, env, command}, shape),
			];
			lines.push(
				growth(`${command}, ${shape.name}: time`, msOf(whole), msOf(tenth), {least: least.ms, unit: 'ms'}),
				growth(`${command}, ${shape.name}: memory`, mbOf(whole), mbOf(tenth), {least: least.mb, unit: 'MB'}),
			);
		}
	}

	await rm(folder, {recursive: true});
	return lines;
}

type Running = {
	readonly file: string;
	readonly env: NodeJS.ProcessEnv;
	readonly command: 'scan' | 'trace';
};

async function costOf({file, env, command}: Running, {objects, target}: Shape): Promise<Costs> {
	await writeFile(file, JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects()}));
	const words = command === 'scan' ? ['scan', '-A'] : ['trace', target];
	const run = await runProgram(
		'timeout',
		['120', process.execPath, 'dist/cli.js', ...words, '-f', file],
		env,
	);
	// Broken paths are what some shapes are made of: 1 is an answer as well.
	return run.code === 0 || run.code === 1 ? run : {why: `it ended with ${run.code}`};
}

type Measured = Line['value'];

function growth(
	name: string,
	whole: Measured,
	tenth: Measured,
	{least: base, unit}: {readonly least: number; readonly unit: string},
): Line {
	const above = (measured: Measured): Measured =>
		'why' in measured ? measured : {value: Math.max(measured.value - base, base / 2)};
	return {name, goal: 10, unit, value: above(whole), of: above(tenth), ofName: 'of a tenth'};
}
