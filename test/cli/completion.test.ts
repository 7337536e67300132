import {spawnSync} from 'node:child_process';
import {mkdir, readdir, stat, utimes, writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import {startDemo} from '../../source/demo/start-demo.ts';
import {complete} from '../../source/commands/complete/complete.ts';
import {directoryOf} from '../helpers/files.ts';
import {openScreen, type Screen} from '../helpers/screen.ts';
import {serve} from './api-server.ts';
import {knet, knetOnPath} from './knet.ts';

const kubeconfig = fileURLToPath(new URL('../fixtures/contexts.yaml', import.meta.url));
const dump = ['-f', fileURLToPath(new URL('../fixtures/manifests', import.meta.url))];

/** What may stand for the last word of a line; an empty word where it ends with a space. */
async function values(line: string, more: readonly string[] = []): Promise<readonly string[]> {
	const words = line.split(' ');
	const prefix = words.at(-1) ?? '';
	const {candidates} = await complete([...more, ...words], {});
	return candidates.map(({value}) => value).filter((value) => value.startsWith(prefix));
}

describe('what may stand at the cursor', () => {
	test.each([
		['tr', ['trace']],
		[
			'explain KNET50',
			['KNET501', 'KNET502', 'KNET503', 'KNET504', 'KNET505', 'KNET506', 'KNET507', 'KNET508', 'KNET509'],
		],
		['explain no-ready', ['no-ready-endpoints']],
		['help exp', ['explain']],
		['demo dns', ['dns-down']],
		['scan -o j', ['json', 'junit', 'jsonpath']],
		['explain -o ', ['text', 'json', 'yaml']],
		['scan --output=s', ['--output=sarif']],
		['scan --fail-on ', ['error', 'warning', 'unknown', 'never']],
		['trace x --color a', ['auto', 'always']],
		['dns x --type A', ['A', 'AAAA']],
		['completion f', ['fish']],
		['scan --ign', ['--ignore']],
		['rbac --', ['--color', '--ascii', '--help', '--version']],
		['scan -A --all', []],
		['trace d', ['deploy/', 'ds/']],
		[`scan --kubeconfig ${kubeconfig} --context `, ['live', 'test']],
		[`scan --kubeconfig=${kubeconfig} --cluster `, ['west', 'east']],
		['explain KNET503 K', []],
		['trace x --method P', ['POST', 'PUT', 'PATCH']],
	])('knet %s', async (line, expected) => {
		expect(await values(line)).toEqual(expected);
	});

	test('names of a dump, where the line gives one', async () => {
		expect(await values('-n shop trace svc/', dump)).toEqual(['svc/api', 'svc/api-metrics', 'svc/web']);
		expect(await values('trace svc/shop/a', dump)).toEqual(['svc/shop/api', 'svc/shop/api-metrics']);
		expect(await values('trace svc/shop/web:', dump)).toEqual(['svc/shop/web:80', 'svc/shop/web:http']);
		expect(await values('-n shop trace svc w', dump)).toEqual(['web']);
		expect(await values('trace http://', dump)).toEqual([
			'http://shop.example.com/',
			'http://shop.example.com/api',
		]);
		expect(await values('compare http://', dump)).toHaveLength(2);
		expect(await values('compare svc/', dump)).toEqual([]);
		expect(await values('dns ap', dump)).toEqual(['api-metrics.shop', 'api.shop']);
	});

	test('names of a cluster: its own namespaces, pods and nodes', async () => {
		const demo = await startDemo({live: false});
		onTestFinished(() => demo.stop());
		const server = ['-s', demo.url];
		expect(await values('scan -n sh', server)).toEqual(['shop']);
		expect(await values('-n shop trace deploy/', server)).toContain('deploy/api');
		expect(await values('trace svc/web --from node/', server)).toContain('node/node-a');
		expect(await values('trace node/', server)).toContain('node/node-a');
		expect(await values('-n shop trace http://app', server)).toContain('http://app.example.com/api');
	});
});

test('files are left to the shell, and a cluster that hangs is silent', async () => {
	expect((await knet(['__complete', 'replay', ''])).stdout).toBe(':0\n');
	expect((await knet(['__complete', 'trace', 's'])).stdout).toBe('sts/\nsvc/\n:6\n');
	// What PowerShell hands over for an empty word.
	expect((await knet(['__complete', 'info', '""'])).stdout).toBe('schema\nnotices\n:4\n');
	const server = await serve(() => {});
	const started = performance.now();
	expect(await knet(['__complete', '-s', server, 'trace', 'svc/'])).toEqual({
		code: 0,
		stdout: ':4\n',
		stderr: '',
	});
	// It gives up by itself; the rest is how long this machine takes to start a process.
	expect(performance.now() - started).toBeLessThan(5000);
});

test('names that a slow cluster told too late are offered at the next key press', async () => {
	const cache = await directoryOf({});
	const env = {XDG_CACHE_HOME: cache};
	let asked = 0;
	const server = await serve((_, response) => {
		asked++;
		setTimeout(() => {
			const items = [{metadata: {namespace: 'shop', name: 'web'}}];
			response.end(JSON.stringify({kind: 'List', items}));
		}, 700);
	});
	const press = async () =>
		(await knet(['__complete', '-s', server, '-n', 'shop', 'trace', 'svc/'], {env})).stdout;
	expect(await press()).toBe(':4\n');
	// A name in it, and the process that asked has ended.
	await vi.waitFor(async () => expect(await readdir(`${cache}/knet`)).toEqual(['names']), 20_000);
	expect(await press()).toBe('svc/web\n:4\n');
	expect(asked).toBeLessThan(4);
	const [file = ''] = await readdir(`${cache}/knet/names`);
	expect((await stat(`${cache}/knet/names/${file}`)).mode & 0o777).toBe(0o600);
});

test.each([
	['fresh names are offered without asking', 5, 0, 0],
	['names of half a minute ago are offered, and asked for again', 30, 0, 1],
	['older ones only when the cluster takes too long', 3600, 1, 1],
])('%s', async (_, age, requests, later) => {
	const cache = await directoryOf({});
	let asked = 0;
	let askedLater = 0;
	let hangs = false;
	const server = await serve((_request, response) => {
		asked++;
		if (!hangs) {
			response.end(JSON.stringify({kind: 'List', items: [{metadata: {name: 'web'}}]}));
		}
	});
	const words = ['-s', server, '-n', 'shop', 'trace', 'svc/'];
	const env = {XDG_CACHE_HOME: cache};
	await complete(words, env);
	const [file = ''] = await readdir(`${cache}/knet/names`);
	const then = new Date(Date.now() - age * 1000);
	await utimes(`${cache}/knet/names/${file}`, then, then);
	hangs = true;
	asked = 0;
	const over = vi.waitFor(() => expect(asked).toBe(requests));
	const {candidates} = await complete(words, env, {over, askLater: async () => void askedLater++});
	expect(candidates.map(({value}) => value)).toEqual(['svc/web']);
	expect([asked, askedLater]).toEqual([requests, later]);
});

test.each(['--as-uid', '--as-group'])('names kept for one %s are not offered for another', async (flag) => {
	const env = {XDG_CACHE_HOME: await directoryOf({})};
	let asked = 0;
	const server = await serve((_, response) => {
		asked++;
		response.end(JSON.stringify({kind: 'List', items: [{metadata: {name: 'web'}}]}));
	});
	const patience = {over: new Promise(() => {}), askLater: async () => {}};
	for (const value of ['a', 'b', 'a']) {
		await complete(['-s', server, '-n', 'shop', '--as', 'nora', flag, value, 'trace', 'svc/'], env, patience);
	}

	expect(asked).toBe(2);
});

test('a hundred answers are kept, the newest, for a day', async () => {
	const cache = await directoryOf({});
	const names = `${cache}/knet/names`;
	await mkdir(names, {recursive: true});
	const now = Date.now() / 1000;
	for (let age = 1; age <= 120; age++) {
		await writeFile(`${names}/${age}.json`, '[]');
		await utimes(`${names}/${age}.json`, now - age, now - age);
	}

	await utimes(`${names}/5.json`, now - 90_000, now - 90_000);
	const server = await serve((_, response) => response.end(JSON.stringify({kind: 'List', items: []})));
	await complete(['-s', server, '-n', 'shop', 'trace', 'svc/'], {XDG_CACHE_HOME: cache});
	const kept = await readdir(names);
	expect(kept).toHaveLength(100);
	expect(kept).toContain('100.json');
	expect(kept).not.toContain('101.json');
	expect(kept).not.toContain('5.json');
});

const plugin = [
	['expl', /^explain\t.*\n:4\n$/u],
	// kubectl's scripts for the shells put the flag before each value.
	['scan --output=sar', /^sarif\n:4\n$/u],
] as const;

test.each(plugin)('kubectl asks its plugin by another name: %s', async (line, answer) => {
	const bin = await knetOnPath();
	const asked = spawnSync(`${bin}/kubectl_complete-knet`, line.split(' '), {
		env: {PATH: bin},
		encoding: 'utf8',
	});
	expect(asked.stdout).toMatch(answer);
});

const kubectl = 'kubectl';
const hasKubectl = spawnSync(kubectl, ['version', '--client']).status === 0;

test.runIf(hasKubectl).each(plugin)(
	'kubectl itself, where it is installed, completes: %s',
	async (line, answer) => {
		const env = {PATH: `${await knetOnPath()}:${process.env['PATH']}`, HOME: '/nonexistent'};
		const {stdout} = spawnSync(kubectl, ['__complete', 'knet', ...line.split(' ')], {
			env,
			encoding: 'utf8',
		});
		expect(stdout).toMatch(answer);
	},
);

const shells = [
	{name: 'bash', args: ['--norc', '--noprofile', '-i'], load: 'source <(knet completion bash)'},
	{name: 'zsh', args: ['-f', '-i'], load: 'source <(knet completion zsh)'},
	{name: 'fish', args: ['--no-config', '-i'], load: 'knet completion fish | source'},
];

/** What is typed, and what Tab makes of its last word. */
const completed = [
	['expl', 'knet explain '],
	['scan --output=sar', '--output=sarif'],
	['explain no-ready', 'no-ready-endpoints'],
	[`scan --kubeconfig ${kubeconfig} --context li`, '--context live'],
	['replay inci', 'replay incident.knetrec'],
	[`trace ${dump.join(' ')} svc/shop/web:h`, 'svc/shop/web:http'],
	['trace -s SERVER -n shop deploy/a', 'deploy/api'],
] as const;

describe.each(shells)('in $name', ({name, args, load}) => {
	const isThere = spawnSync(name, ['--version']).status === 0;
	let bin = '';

	beforeAll(async () => {
		bin = await knetOnPath();
	});

	test.runIf(isThere)('Tab completes commands, flags, files and names of the cluster', async () => {
		const [demo, cwd] = await Promise.all([startDemo({live: false}), directoryOf({'incident.knetrec': ''})]);
		onTestFinished(() => demo.stop());
		const screen = openScreen(args[0] ?? '', args.slice(1), {
			interpreter: name,
			columns: 160,
			env: {PATH: `${bin}:/usr/bin:/bin`, HOME: bin, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8'},
		});
		onTestFinished(() => screen.close());
		screen.type(`cd ${cwd}; ${load}; printf "loaded-%s\\n" 2\r`);
		await screen.until('loaded-2');
		for (const [typed, wanted] of completed) {
			screen.type(`\u0015knet ${typed.replace('SERVER', demo.url)}`);
			await tab(screen, wanted);
		}
	});
});

/** A loaded machine may miss the time a key press has: then one presses again, but not while the first may still be answered. */
async function tab(screen: Screen, wanted: string): Promise<void> {
	for (let presses = 0; presses < 20; presses++) {
		screen.type('\t');
		if (
			await screen.until(wanted, 4000).then(
				() => true,
				() => false,
			)
		) {
			return;
		}
	}

	throw new Error(`Tab brought no ${wanted}:\n${screen.text()}`);
}
