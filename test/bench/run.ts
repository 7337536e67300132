import {dumpLines} from './dumps.ts';
import {printLine, type Line} from './figures.ts';
import {hostileLines} from './hostile-lines.ts';
import {hourLines} from './hour.ts';
import {eventLines, keyLines, latencyLines} from './live.ts';
import {manyPodsLines, podLines} from './pods.ts';
import {startBenchServer, type BenchServer} from './server/start.ts';
import {startLines} from './start.ts';
import {usefulLines} from './useful.ts';
import {walkLines} from './walk-lines.ts';
import {wireLines} from './wire.ts';

/*
`npm run bench [-- GROUP...]`: figures of one run side by side, and their ratios. On the cluster of KUBECONFIG where that
makes a difference, else on the synthetic server, which runs in a process of its own.
*/

const runs = 3;
const pods = 10_000;
const env = process.env;
const hasCluster = env['KUBECONFIG'] !== undefined;
const servers = new Map<number, Promise<BenchServer>>();

/** Lines at once, or one after the other: a run that is cut off has printed what it measured. */
type Measured = Promise<readonly Line[]> | AsyncIterable<Line>;

const groups: Readonly<Record<string, () => Measured>> = {
	start: async () =>
		startLines(7, {file: 'dist/cli.js', args: ['--server', (await server(1500)).url, '-A'], env}),
	useful: () => usefulLines(5, env),
	pods: async () => podLines(runs, hasCluster ? {where: [], env} : await synthetic(pods)),
	dumps: () => dumpLines(runs, env),
	walks: walkLines,
	events: async () => eventLines(await server(pods), env),
	latency: async () => latencyLines(await server(1500), env),
	many: async () => manyPodsLines(await server(150_000), await server(1500), env),
	keys: async () => keyLines(await server(150_000), env),
	wire: () => wireLines(env),
	hour: hourLines,
	hostile: () => hostileLines(env),
};

async function synthetic(count: number) {
	const {url} = await server(count);
	return {where: ['--server', url], env, url};
}

function server(count: number): Promise<BenchServer> {
	const found = servers.get(count) ?? startBenchServer(count);
	servers.set(count, found);
	return found;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(groups, name));
if (unknown.length > 0) {
	console.error(`There is no group ${unknown[0]}. Groups: ${Object.keys(groups).join(', ')}.`);
	process.exit(2);
}

console.log(
	`node ${process.version}, median of ${runs}; ${hasCluster ? 'the cluster of KUBECONFIG and ' : ''}the synthetic API server\n`,
);
let met = 0;
let all = 0;
for (const [name, measure] of Object.entries(groups)) {
	if (wanted.length === 0 || wanted.includes(name)) {
		console.log(`# ${name}`);
		for await (const line of await measure()) {
			all++;
			met += printLine(line) ? 1 : 0;
		}

		console.log('');
	}
}

for (const each of servers.values()) {
	await (await each).close();
}

console.log(`${met} of ${all} lines meet their goal.`);
