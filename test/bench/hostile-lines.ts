import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {factsOf, kindsThat} from '../../source/model/kinds.ts';
import {ownApi} from '../../source/model/own-api.ts';
import type {Wire} from '../../source/projection/wire.ts';
import type {Line} from './figures.ts';
import {hostileShapes, type Shape} from './hostile.ts';
import {mbOf, msOf, runProgram, type Costs} from './measure.ts';

/** What any run costs, of which a shape is no cause. */
const least = {ms: 250, mb: 80};

/**
Objects of others that are made to be slow, at ten times the size at which they were found. Time and memory may grow no faster
than the input: ten times the objects, ten times the time, beside what a run costs in any case.
*/
export async function* hostileLines(env: NodeJS.ProcessEnv): AsyncGenerator<Line> {
	const folder = await mkdtemp(join(tmpdir(), 'knet-bench-'));
	const file = join(folder, 'objects.json');
	const [large, small] = [hostileShapes(), hostileShapes(0.1)];
	for (const [index, shape] of large.entries()) {
		for (const command of ['scan', 'trace'] as const) {
			const [tenth, whole] = [
				await costOf({file, env, command}, small[index] as Shape),
				await costOf({file, env, command}, shape),
			];
			yield growth(`${command}, ${shape.name}: time`, msOf(whole), msOf(tenth), {
				least: least.ms,
				unit: 'ms',
			});
			yield growth(`${command}, ${shape.name}: memory`, mbOf(whole), mbOf(tenth), {
				least: least.mb,
				unit: 'MB',
			});
		}
	}

	await rm(folder, {recursive: true});
}

type Running = {
	readonly file: string;
	readonly env: NodeJS.ProcessEnv;
	readonly command: 'scan' | 'trace';
};

async function costOf({file, env, command}: Running, {objects, target, paths}: Shape): Promise<Costs> {
	await writeFile(
		file,
		JSON.stringify({apiVersion: 'v1', kind: 'List', items: [...objects(), ...emptyLists()]}),
	);
	const words = command === 'scan' ? ['scan', '-A'] : ['trace', target];
	// Its own process, not `timeout` around it: that one's memory would be measured.
	const run = await runProgram(process.execPath, ['dist/cli.js', ...words, '-f', file], env, 120_000);
	const found =
		command === 'scan' ? Number(/^(?<paths>\d+) paths?: /mu.exec(run.stdout)?.groups?.['paths']) : 1;
	// Broken paths are what some shapes are made of, and of clusters without controllers much is unknown: answers as well.
	return [0, 1, 2].includes(run.code ?? -1) &&
		found >= (command === 'scan' ? paths : 1) &&
		/\bweb\b/u.test(run.stdout)
		? run
		: {why: `it ended with ${run.code} and ${found} of ${paths} paths`};
}

/** A list without items says that there are none; of kinds that a file does not hold nothing is known. */
function emptyLists(): readonly Wire[] {
	return kindsThat(() => true).map((kind) => {
		const {apis, apiKind = kind} = factsOf(kind);
		const apiVersion = kind === 'AttachedPolicy' ? ownApi : apis[0];
		return {apiVersion, kind: `${apiKind}List`, items: []};
	});
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
