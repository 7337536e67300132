import {createHash} from 'node:crypto';
import {mkdir, readFile, rename, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {kubeconfigFiles} from '../../cluster/kubeconfig/files.ts';
import {ownPathsOf} from '../../config/own-paths.ts';
import {connectionFlags} from '../command-table.ts';
import type {Names} from './names.ts';
import type {Situation} from './situation.ts';
import {tidyNames} from './tidy-names.ts';

/** As old as this they are offered without a look at the cluster. Milliseconds. */
const fresh = 60_000;
/** As old as this they are asked for once more meanwhile. */
const current = 10_000;

/**
Names of a cluster, kept in files. On a busy machine the connection alone takes longer than a key press may: then names of the
last time are offered, and a process in the background asks for the next. No kind whose names are secret is ever asked for here.
*/
export function keptNames(situation: Situation, open: () => Promise<Names>): Names {
	let opened: Promise<Names> | undefined;
	const names = async () => (opened ??= open());
	const kept = async <T>(question: readonly string[], ask: (names: Names) => Promise<readonly T[]>) =>
		keep(situation, question, async () => ask(await names()));
	return {
		list: async (kind, namespace) =>
			kept(['list', kind, namespace ?? ''], async (now) => now.list(kind, namespace)),
		ports: async (service, namespace) =>
			kept(['ports', service, namespace ?? ''], async (now) => now.ports(service, namespace)),
		urls: async () => kept(['urls'], async (now) => now.urls()),
		close: async () => (await opened)?.close(),
	};
}

async function keep<T>(
	{flags, env, patience}: Situation,
	question: readonly string[],
	ask: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
	const file = join(ownPathsOf(env).cache, 'names', `${await keyOf(flags, env, question)}.json`);
	const asked = async () => {
		const names = await ask();
		await write(file, names).catch(() => {});
		return names;
	};
	if (!patience) {
		return asked();
	}

	const last = await read(file);
	if (last && last.age < fresh) {
		if (last.age >= current) {
			await patience.askLater();
		}

		return last.names as readonly T[];
	}

	const answer = await Promise.race([asked(), patience.over.then(() => 'late' as const)]);
	if (answer !== 'late') {
		return answer;
	}

	await patience.askLater();
	return (last?.names ?? []) as readonly T[];
}

/** Which cluster, as whom, and what: by the files of the kubeconfig and their time, since parsing them would take a third of the time. */
async function keyOf(
	flags: Situation['flags'],
	env: Situation['env'],
	question: readonly string[],
): Promise<string> {
	const files = kubeconfigFiles(flags.kubeconfig, env);
	const times = await Promise.all(
		files.map(async (file) =>
			stat(file).then(
				({mtimeMs, size}) => [file, mtimeMs, size],
				() => [file],
			),
		),
	);
	const connection = connectionFlags.map((name) => flags[name]);
	const asked = [connection, flags.namespace, flags.allNamespaces, question];
	return createHash('sha256')
		.update(JSON.stringify([times, asked]))
		.digest('hex')
		.slice(0, 32);
}

async function read(
	file: string,
): Promise<{readonly names: readonly unknown[]; readonly age: number} | undefined> {
	try {
		const {mtimeMs} = await stat(file);
		return {
			names: JSON.parse(await readFile(file, 'utf8')) as readonly unknown[],
			age: Math.max(0, Date.now() - mtimeMs),
		};
	} catch {
		return undefined;
	}
}

/** Whole or not at all: another key press may read it meanwhile. */
async function write(file: string, names: readonly unknown[]): Promise<void> {
	await mkdir(join(file, '..'), {recursive: true, mode: 0o700});
	const draft = `${file}.${process.pid}`;
	await writeFile(draft, JSON.stringify(names), {mode: 0o600});
	await rename(draft, file);
	await tidyNames(join(file, '..'));
}
