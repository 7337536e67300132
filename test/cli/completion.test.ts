import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {startDemo} from '../../source/demo/start-demo.ts';
import {complete} from '../../source/commands/complete/complete.ts';
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
		expect(await values('dns ap', dump)).toEqual(['api-metrics.shop', 'api.shop']);
	});

	test('names of a cluster: its own namespaces, pods and nodes', async () => {
		const demo = await startDemo({live: false});
		onTestFinished(() => demo.stop());
		const server = ['-s', demo.url];
		expect(await values('scan -n sh', server)).toEqual(['shop']);
		expect(await values('-n shop trace deploy/', server)).toContain('deploy/api');
		expect(await values('trace svc/web --from node/', server)).toContain('node/node-a');
		expect(await values('-n shop trace http://app', server)).toContain('http://app.example.com/api');
	});
});

test('files are left to the shell, and a cluster that hangs is silent', async () => {
	expect((await knet(['__complete', 'replay', ''])).stdout).toBe(':0\n');
	expect((await knet(['__complete', 'trace', 's'])).stdout).toBe('sts/\nsvc/\n:6\n');
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

test('kubectl asks its plugin by another name', async () => {
	const bin = await knetOnPath();
	const {stdout} = spawnSync(`${bin}/kubectl_complete-knet`, ['expl'], {env: {PATH: bin}, encoding: 'utf8'});
	expect(stdout).toMatch(/^explain\t.*\n:4\n$/u);
});

const shells = [
	{name: 'bash', args: ['--norc', '--noprofile', '-i'], load: 'source <(knet completion bash)'},
	{name: 'zsh', args: ['-f', '-i'], load: 'source <(knet completion zsh)'},
	{name: 'fish', args: ['--no-config', '-i'], load: 'knet completion fish | source'},
];

describe.each(shells)('in $name', ({name, args, load}) => {
	const isThere = spawnSync(name, ['--version']).status === 0;
	let bin = '';

	beforeAll(async () => {
		bin = await knetOnPath();
	});

	test.runIf(isThere)('commands, values behind = and targets with colons are completed by Tab', async () => {
		const screen = openScreen(args[0] ?? '', args.slice(1), {
			interpreter: name,
			columns: 160,
			env: {PATH: `${bin}:/usr/bin:/bin`, HOME: bin, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8'},
		});
		onTestFinished(() => screen.close());
		screen.type(`${load}; printf "loaded-%s\\n" 2\r`);
		await screen.until('loaded-2');
		screen.type('knet expl');
		await tab(screen, 'knet explain ');
		screen.type('\u0015knet scan --output=sar');
		await tab(screen, '--output=sarif');
		screen.type(`\u0015knet trace ${dump.join(' ')} svc/shop/web:h`);
		await tab(screen, 'svc/shop/web:http');
	});
});

/** A loaded machine may miss the time a key press has: then one presses again. */
async function tab(screen: Screen, wanted: string): Promise<void> {
	for (let presses = 0; presses < 20; presses++) {
		screen.type('\t');
		if (
			await screen.until(wanted, 3000).then(
				() => true,
				() => false,
			)
		) {
			return;
		}
	}

	throw new Error(`Tab brought no ${wanted}:\n${screen.text()}`);
}
