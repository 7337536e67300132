import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Metafile} from 'esbuild';
import {expect, inject, onTestFinished} from 'vitest';
import {bundle} from '../../source/build/bundle.ts';
import {openScreen, type Screen} from '../helpers/screen.ts';
import {waitFor} from '../helpers/wait-for.ts';
import {checked, type Run} from './run.ts';

type Options = {
	readonly input?: string;
	readonly env?: NodeJS.ProcessEnv;
	readonly cwd?: string;
	/** Closes stdout after the first bytes, as `| head` does. */
	readonly closeEarly?: boolean;
	/** Descriptors to write to, in place of pipes that the test reads. */
	readonly stdout?: number;
	readonly stderr?: number;
	/** The name knet is called by. */
	readonly name?: 'cli.js' | 'kubectl-knet';
};

type Built = {
	/** The home of the programs of this process, where they keep what is a person's own. */
	readonly directory: string;
	readonly metafile: Metafile;
};
let building: Promise<Built> | undefined;

/** The bundle, made when a test first asks for it. All processes of a run share it. */
async function built(): Promise<Built> {
	building ??= share();
	return building;
}

async function share(): Promise<Built> {
	const shared = join(inject('scratch'), 'bundle');
	const metafile = join(shared, 'metafile.json');
	if (
		await mkdir(shared).then(
			() => true,
			() => false,
		)
	) {
		await writeFile(join(shared, 'next'), JSON.stringify(await bundle(join(shared, 'dist'))));
		await rename(join(shared, 'next'), metafile);
	}

	await waitFor(() => expect(existsSync(metafile)).toBe(true), 50);
	const directory = await mkdtemp(join(inject('scratch'), 'home-'));
	await symlink('../bundle/dist', join(directory, 'dist'));
	await symlink('dist/cli.js', join(directory, 'kubectl-knet'));
	return {directory, metafile: JSON.parse(await readFile(metafile, 'utf8')) as Metafile};
}

/** What every program is given: a home without a kubeconfig, and the compiled code of the programs before it. */
function environment(directory: string): NodeJS.ProcessEnv {
	return {
		PATH: process.env['PATH'],
		HOME: directory,
		TZ: 'UTC',
		NODE_COMPILE_CACHE: join(inject('scratch'), 'compiled'),
	};
}

/** The bundle on a terminal of its own, for one test, without a kubeconfig. */
export async function knetScreen(
	args: readonly string[],
	{
		env,
		under = [],
		name = 'cli.js',
		...size
	}: {
		readonly env?: NodeJS.ProcessEnv;
		readonly columns?: number;
		readonly rows?: number;
		/** A script, with its arguments, that runs it. */
		readonly under?: readonly string[];
		readonly name?: Options['name'];
	} = {},
): Promise<Screen> {
	const {directory} = await built();
	const [program = '', ...all] = [...under, programIn(directory, name), ...args];
	const screen = openScreen(program, all, {
		columns: 80,
		rows: 24,
		...size,
		env: {...environment(directory), TERM: 'xterm-256color', ...env},
	});
	onTestFinished(() => screen.close());
	return screen;
}

function programIn(directory: string, name: Options['name']): string {
	return join(directory, name === 'kubectl-knet' ? name : 'dist/cli.js');
}

/** A directory for the PATH of a shell: with it `knet`, and the Node that it runs on. */
export async function knetOnPath(): Promise<string> {
	const {directory} = await built();
	const bin = join(directory, 'bin');
	await mkdir(bin, {recursive: true});
	await Promise.all([
		...['knet', 'kubectl-knet', 'kubectl_complete-knet'].map((name) =>
			link('../dist/cli.js', join(bin, name)),
		),
		link(process.execPath, join(bin, 'node')),
	]);
	return bin;
}

async function link(target: string, name: string): Promise<void> {
	await rm(name, {force: true});
	await symlink(target, name);
}

/** Where the files of the bundle are, and what went into each. */
export async function builtBundle(): Promise<{readonly dist: string; readonly metafile: Metafile}> {
	const {metafile} = await built();
	return {dist: join(inject('scratch'), 'bundle/dist'), metafile};
}

/**
Runs the bundle as people do, without a kubeconfig and without a terminal. For what only a process shows; else `run` is quicker.
*/
export async function knet(args: readonly string[], options: Options = {}): Promise<Run> {
	const {directory} = await built();
	const child = spawn(process.execPath, [programIn(directory, options.name), ...args], {
		cwd: options.cwd ?? directory,
		env: {...environment(directory), ...options.env},
		stdio: ['pipe', options.stdout ?? 'pipe', options.stderr ?? 'pipe'],
	});
	const result = {stdout: '', stderr: ''};
	child.stdout?.on('data', (chunk: Buffer) => {
		result.stdout += chunk.toString();
		if (options.closeEarly) {
			child.stdout?.destroy();
		}
	});
	child.stderr?.on('data', (chunk: Buffer) => {
		result.stderr += chunk.toString();
	});
	child.stdin?.on('error', () => {});
	child.stdin?.end(options.input ?? '');
	const code = await new Promise<number | null>((resolve) => {
		child.once('close', resolve);
	});
	return checked({code, ...result});
}
