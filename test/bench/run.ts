import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {openExplorer} from './explorer.ts';
import {hostileShapes} from './hostile.ts';
import {median, runProgram, type Cost} from './measure.ts';
import {serveMany} from './synthetic.ts';

/** `npm run bench`: figures of one run side by side, and their ratios. On the cluster of KUBECONFIG, else on the embedded server. */

const pods = 10_000;
const runs = 3;
const own = process.env['KUBECONFIG'] ? undefined : await serveMany(pods);
const env = own ? {...process.env, KNET_BENCH_SERVER: own.url} : process.env;
const where = own ? ['--server', own.url] : [];
const knet = (...args: readonly string[]) =>
	[process.execPath, ['dist/cli.js', ...args, ...where], env] as const;

const bare = await median(runs, () => runProgram(process.execPath, ['-e', '0'], env));
const help = await median(runs, () => runProgram(...knet('--help')));
const firstFrame = await median(runs, () =>
	openExplorer([...where, '-A'], env, (text) => text.includes('knet')),
);
const overview = await median(runs, () =>
	openExplorer([...where, '-A'], env, (text) => /Entries [1-9]/u.test(text) && text.includes('● live')),
);
const scan = await median(runs, () => runProgram(...knet('scan', '-A')));
const kubectl = await median(runs, () => runProgram('kubectl', ['get', 'pods', '-A', ...where], env)).catch(
	() => undefined,
);
const floor = await inOwnProcess('floor');
const model = await inOwnProcess('model');
await own?.close();

console.log(
	`on ${own ? `the embedded API server with ${pods} pods` : 'the cluster of KUBECONFIG'}, ${model.count} pods, median of ${runs}\n`,
);
show('node -e 0', bare);
show('knet --help', help);
show('knet, first frame', firstFrame);
show('knet, overview of every namespace', overview);
show('knet scan -A', scan);
show('kubectl get pods -A', kubectl);
show('one list of pods, fetched and parsed', floor);
show('every pod into the model', model);
console.log('');
ratio('knet --help / node -e 0', help.ms, bare.ms);
ratio('first frame / node -e 0', firstFrame.ms, bare.ms);
ratio('scan -A / kubectl get pods -A (goal 0.5)', scan.ms, kubectl?.ms);
ratio('scan -A memory / 300 MB (goal 1)', scan.mb, 300);
ratio('overview / kubectl get pods -A (goal 0.3)', overview.ms, kubectl?.ms);
ratio('every pod into the model / fetch + parse (goal 1.3)', model.ms, floor.ms);
console.log('');
await showHostile();

/** Objects of others that are made to be slow: goal 3 s and 400 MB each. */
async function showHostile(): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'knet-bench-'));
	const file = join(folder, 'objects.json');
	for (const {name, objects, target} of hostileShapes()) {
		await writeFile(file, JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects()}));
		for (const command of [
			['scan', '-A'],
			['trace', target],
		]) {
			const cost = await runProgram(process.execPath, ['dist/cli.js', ...command, '-f', file], process.env);
			ratio(`${command[0]}, ${name}: time / 3 s`, cost.ms, 3000);
			ratio(`${command[0]}, ${name}: memory / 400 MB`, cost.mb, 400);
		}
	}

	await rm(folder, {recursive: true});
}

async function inOwnProcess(what: string): Promise<Cost & {readonly count: number}> {
	const results: (Cost & {readonly count: number})[] = [];
	for (let each = 0; each < runs; each++) {
		const {stdout} = await promisify(execFile)(process.execPath, ['test/bench/pods-into-model.ts', what], {
			env,
		});
		results.push(JSON.parse(stdout) as Cost & {readonly count: number});
	}

	return results.toSorted((a, b) => a.ms - b.ms)[Math.floor(runs / 2)]!;
}

function show(name: string, cost: Cost | undefined): void {
	const figures = cost
		? `${cost.ms.toFixed(0).padStart(7)} ms ${cost.mb.toFixed(0).padStart(6)} MB`
		: 'not here';
	console.log(`${name.padEnd(52)} ${figures}`);
}

function ratio(name: string, value: number, of: number | undefined): void {
	console.log(`${name.padEnd(52)} ${of ? (value / of).toFixed(2).padStart(7) : 'not here'}`);
}
