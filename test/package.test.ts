import {execFile} from 'node:child_process';
import {copyFile, cp, mkdir, mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {bundle} from '../source/build/bundle.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

type Packed = {
	readonly filename: string;
	readonly unpackedSize: number;
	readonly files: readonly {readonly path: string; readonly mode: number}[];
};

let directory = '';
let packed: Packed | undefined;

// Packed from a copy: the checkout's own dist may be of another day.
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), 'knet-package-'));
	for (const name of ['package.json', 'README.md', 'LICENSE']) {
		await copyFile(join(root, name), join(directory, name));
	}

	await cp(join(root, 'source/model'), join(directory, 'source/model'), {recursive: true});
	await bundle(join(directory, 'dist'));
	const {stdout} = await run('npm', ['pack', '--json', '--ignore-scripts'], {cwd: directory});
	packed = (JSON.parse(stdout) as readonly Packed[])[0];
});

afterAll(async () => rm(directory, {recursive: true, force: true}));

test('the package holds the bundle, its schema and what npm wants, and nothing else', () => {
	const names = packed?.files.map(({path}) => path) ?? [];
	const others = names.filter((name) => !name.startsWith('dist/'));
	expect(others.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json']);
	expect(names.filter((name) => !/\.js(?:on)?$/u.test(name) && name.startsWith('dist/'))).toEqual([]);
	expect(names).toContain('dist/schema.json');
});

test('it stays below 4 MB', () => {
	expect(packed?.unpackedSize).toBeLessThan(4_000_000);
});

test('installing it runs nothing and brings nothing along', async () => {
	const text = await readFile(join(root, 'package.json'), 'utf8');
	const {dependencies, optionalDependencies, peerDependencies, scripts, bin} = JSON.parse(text) as Record<
		string,
		Readonly<Record<string, string>> | undefined
	>;
	expect([dependencies, optionalDependencies, peerDependencies]).toEqual([undefined, undefined, undefined]);
	const hooks = Object.keys(scripts ?? {}).filter((name) => /^(?:pre|post)?install$|^prepare$/u.test(name));
	expect(hooks).toEqual([]);
	expect(Object.keys(bin ?? {})).toEqual(['knet', 'kubectl-knet', 'kubectl_complete-knet']);
});

test('unpacked anywhere, without node_modules, it runs', async () => {
	const place = join(directory, 'elsewhere');
	await mkdir(place);
	await run('tar', ['-xzf', join(directory, packed?.filename ?? ''), '-C', place]);
	const cli = join(place, 'package/dist/cli.js');
	const {version} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {version: string};
	const env = {PATH: process.env['PATH'], HOME: place};
	expect((await run(process.execPath, [cli, '--version'], {env})).stdout).toContain(`knet ${version} `);
	expect((await run(process.execPath, [cli, 'demo'], {env})).stdout).toContain('traffic stops here');
	// Its own mode lets a shell start it.
	expect((await run(cli, ['explain', '503'], {env})).stdout).toContain('no-ready-endpoints');
});
