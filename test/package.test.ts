import {execFile} from 'node:child_process';
import {copyFile, cp, mkdir, mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {parse} from 'yaml';
import type {Metafile} from 'esbuild';
import {bundledPackages} from '../source/build/notices.ts';
import {builtBundle} from './cli/knet.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

type Packed = {
	readonly filename: string;
	readonly unpackedSize: number;
	readonly files: readonly {readonly path: string; readonly mode: number}[];
};

/** What a person reads: they lead to each other. */
const pages = [
	'.github/SECURITY.md',
	'CHANGELOG.md',
	'LICENSE',
	'README.md',
	'media/demo.svg',
	'source/controllers.md',
	'source/findings.md',
	'source/readme.md',
	'source/reference.md',
];

let directory = '';
let packed: Packed | undefined;
let metafile: Metafile | undefined;

// Packed from a copy: the checkout's own dist may be of another day.
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), 'knet-package-'));
	for (const name of ['package.json', ...pages]) {
		await mkdir(dirname(join(directory, name)), {recursive: true});
		await copyFile(join(root, name), join(directory, name));
	}

	await cp(join(root, 'source/model'), join(directory, 'source/model'), {recursive: true});
	const built = await builtBundle();
	metafile = built.metafile;
	await cp(built.dist, join(directory, 'dist'), {recursive: true});
	const {stdout} = await run('npm', ['pack', '--json', '--ignore-scripts'], {cwd: directory});
	packed = (JSON.parse(stdout) as readonly Packed[])[0];
});

afterAll(async () => rm(directory, {recursive: true, force: true}));

test('the package holds the bundle, its schema and what npm wants, and nothing else', () => {
	const names = packed?.files.map(({path}) => path) ?? [];
	const others = names.filter((name) => !name.startsWith('dist/'));
	expect(others.toSorted()).toEqual([...pages, 'package.json'].toSorted());
	const texts = names.filter((name) => !/\.js(?:on)?$/u.test(name) && name.startsWith('dist/'));
	expect(texts.toSorted()).toEqual(['dist/THIRD-PARTY-NOTICES.txt', 'dist/knet.1']);
	expect(names).toContain('dist/schema.json');
});

test('it brings the notice of each package of which it holds code', async () => {
	const notices = await readFile(join(directory, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
	const inBundle = await bundledPackages(root, metafile!);
	expect(inBundle.length).toBeGreaterThan(40);
	for (const {name, version, license} of inBundle) {
		expect(notices).toContain(`\n${name} ${version} (${license})\n`);
	}

	const sections = notices
		.split(/^={80}$/mu)
		.slice(1)
		.filter((_, at) => at % 2 === 1);
	expect(sections).toHaveLength(inBundle.length);
	sections.forEach((text) => expect(text).toMatch(/copyright|licen[cs]e/iu));
	// meow holds it in a file of its own.
	expect(notices).toMatch(/^Name: yargs-parser$/mu);
});

test('the guide says of each package what it is for', async () => {
	const guide = await readFile(join(root, 'source/readme.md'), 'utf8');
	const {devDependencies} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
		readonly devDependencies: Readonly<Record<string, string>>;
	};
	const [, list = ''] = guide.split('\n## Packages\n');
	const named = [...list.matchAll(/`(@?[a-z][\w./@-]*)`(?=[^|]*\|[^|\n]*\|$)/gmu)].map(
		([, name = '']) => name,
	);
	expect(named.toSorted()).toEqual(Object.keys(devDependencies).toSorted());
});

test('each picture and link of its page leads to a file of the package', async () => {
	const readme = await readFile(join(root, 'README.md'), 'utf8');
	const links = [...readme.matchAll(/\]\((?<link>[^)#]+)\)/gu)].map(([, link]) => link);
	expect(links).toContain('source/findings.md');
	for (const link of links.filter((each) => !/^https?:/u.test(each ?? ''))) {
		expect(packed?.files.map(({path}) => path)).toContain(link);
	}
});

test('it stays below 5.5 MB', () => {
	expect(packed?.unpackedSize).toBeLessThan(5_500_000);
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

test('the release runs scripts that exist, and says where the sources are', async () => {
	const workflow = parse(await readFile(join(root, '.github/workflows/release.yaml'), 'utf8')) as {
		readonly jobs: Readonly<Record<string, {readonly steps: readonly {readonly run?: string}[]}>>;
	};
	const {scripts} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
		readonly scripts: Readonly<Record<string, string>>;
	};
	const steps = Object.values(workflow.jobs).flatMap((job) => job.steps.map((step) => step.run ?? ''));
	const named = steps.flatMap((step) =>
		[...step.matchAll(/npm run (?<name>[\w:]+)/gu)].map((match) => match[1]),
	);
	expect(named).toEqual(['package', 'package:smoke', 'package:sums']);
	named.forEach((name) => expect(scripts).toHaveProperty([name ?? '']));
	const set = steps.find((step) => step.startsWith('npm pkg set')) ?? '';
	const copy = join(directory, 'published');
	await mkdir(copy);
	await copyFile(join(root, 'package.json'), join(copy, 'package.json'));
	const env = {...process.env, GITHUB_SERVER_URL: 'https://code.example.com', GITHUB_REPOSITORY: 'nora/knet'};
	await run('sh', ['-c', set], {cwd: copy, env});
	expect(JSON.parse(await readFile(join(copy, 'package.json'), 'utf8'))).toMatchObject({
		repository: {type: 'git', url: 'git+https://code.example.com/nora/knet.git'},
		homepage: 'https://code.example.com/nora/knet#readme',
		bugs: {url: 'https://code.example.com/nora/knet/issues'},
	});
});

test('packing it builds it first, so a fresh checkout packs a program', async () => {
	const {scripts} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
		readonly scripts: Readonly<Record<string, string>>;
	};
	expect(scripts['prepack']).toBe('npm run --silent build');
});

test('installed globally, it runs and brings its manual', async () => {
	const place = join(directory, 'elsewhere');
	const tarball = join(directory, packed?.filename ?? '');
	await run('npm', ['install', '--global', '--offline', '--no-audit', '--prefix', place, tarball]);
	const cli = join(place, 'bin/knet');
	const {version} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {version: string};
	const env = {PATH: process.env['PATH'], HOME: place};
	expect((await run(process.execPath, [cli, '--version'], {env})).stdout).toContain(`knet ${version} `);
	expect((await run(process.execPath, [cli, 'demo'], {env})).stdout).toContain('traffic stops here');
	// Its own mode lets a shell start it.
	expect((await run(cli, ['explain', '503'], {env})).stdout).toContain('no-ready-endpoints');
	expect(await readFile(join(place, 'share/man/man1/knet.1'), 'utf8')).toContain('.TH KNET 1');
});
