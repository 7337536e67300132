import {screenCosts, type Program} from './explorer.ts';
import type {Line} from './figures.ts';
import {inOwnProcess} from './in-own-process.ts';
import {kubectl, kubectlAt} from './kubectl.ts';
import {mbOf, median, msOf, runProgram, type Run} from './measure.ts';
import type {BenchServer} from './server/start.ts';

const cli = 'dist/cli.js';

/** Ten thousand pods: a scan, an overview and the model, beside kubectl and the floor. `where`: flags that lead to the cluster. */
export async function podLines(
	runs: number,
	{
		where,
		env,
		url,
	}: {readonly where: readonly string[]; readonly env: NodeJS.ProcessEnv; readonly url?: string},
): Promise<readonly Line[]> {
	const peer = await kubectl(runs, ['get', 'pods', '-A', ...where], env, rowsOf);
	const scan = await median(
		runs,
		() => runProgram(process.execPath, [cli, 'scan', '-A', ...where], env),
		(run) => (/\b\d+ paths: /u.test(run.stdout) ? undefined : 'it printed no paths'),
	);
	const explorer: Program = {file: cli, args: [...where, '-A'], env};
	const overview = await screenCosts(
		runs,
		explorer,
		(text) => /Entries [1-9]/u.test(text) && text.includes('● live'),
	);
	const modelEnv = url === undefined ? env : {...env, KNET_BENCH_SERVER: url};
	const floor = await inOwnProcess(runs, 'parse', modelEnv);
	const model = await inOwnProcess(runs, 'model', modelEnv);
	const ofKubectl = {unit: 'ms', of: msOf(peer), ofName: `${kubectlAt()} get pods -A`};
	return [
		{name: 'scan -A', goal: 0.2, value: msOf(scan), ...ofKubectl},
		{name: 'scan -A, memory', goal: 150, unit: 'MB', value: mbOf(scan)},
		{name: 'overview of every namespace, live', goal: 0.3, value: msOf(overview), ...ofKubectl},
		{
			name: 'every pod into the model',
			goal: 0.6,
			unit: 'ms',
			value: msOf(model),
			of: msOf(floor),
			ofName: 'fetch + JSON.parse',
		},
	];
}

function rowsOf({stdout}: Run): string | undefined {
	const rows = stdout.trim().split('\n').length - 1;
	return rows > 0 ? undefined : 'it printed no rows';
}

/** A cluster of 150,000 pods, beside one of 1,500. */
export async function manyPodsLines(
	large: BenchServer,
	small: BenchServer,
	env: NodeJS.ProcessEnv,
): Promise<readonly Line[]> {
	const of = (server: BenchServer): NodeJS.ProcessEnv => ({...env, KNET_BENCH_SERVER: server.url});
	const floor = await inOwnProcess(1, 'pages', of(large));
	const model = await inOwnProcess(1, 'model', of(large));
	const open = (server: BenchServer) =>
		median(
			5,
			() =>
				runProgram(
					process.execPath,
					[cli, 'trace', 'service/team-001/app-00060', '--server', server.url],
					env,
				),
			({stdout}) => (stdout.includes('15 of 15 ready') ? undefined : 'the path was not ok'),
		);
	const [openLarge, openSmall] = [await open(large), await open(small)];
	await large.ask({do: 'requests'});
	const overview = await screenCosts(
		1,
		{file: cli, args: ['--server', large.url, '-A'], env},
		(text) => /Entries [1-9]/u.test(text) && text.includes('● live'),
	);
	const requests = await large.ask<readonly string[]>({do: 'requests'});
	const reads = requests.filter((request) => request.endsWith(' /api/v1/pods')).length;
	return [
		{
			name: '150,000 pods into the model',
			goal: 0.7,
			unit: 'ms',
			value: msOf(model),
			of: msOf(floor),
			ofName: 'pages of 500, JSON.parse, dropped',
		},
		{name: '150,000 pods into the model, memory', goal: 500, unit: 'MB', value: mbOf(model)},
		{
			name: 'one path among 150,000 pods',
			goal: 1.5,
			unit: 'ms',
			value: msOf(openLarge),
			of: msOf(openSmall),
			ofName: 'the same among 1,500',
		},
		{
			name: 'overview of 150,000 pods: lists of all pods',
			goal: 0,
			unit: 'lists',
			value: 'why' in overview ? overview : {value: reads},
		},
		{name: 'overview of 150,000 pods, live', goal: Infinity, unit: 'ms', value: msOf(overview)},
	];
}
