import {readFile} from 'node:fs/promises';
import {UserError} from '../../errors.ts';
import {kubeconfigFiles, type Environment} from './files.ts';
import {emptyKubeconfig, type Kubeconfig} from './kubeconfig.ts';
import {parseKubeconfig} from './parse.ts';

/** The kubeconfig in force, the files it was looked for in, and those that are there. */
export type Loaded = {
	readonly kubeconfig: Kubeconfig;
	readonly files: readonly string[];
	readonly found: readonly string[];
};

/**
Loads by kubectl's rules (clientcmd ClientConfigLoadingRules.Load): `--kubeconfig` is one file, which must exist; else
the files of KUBECONFIG, else ~/.kube/config; missing ones are ignored.
*/
export async function loadKubeconfig(explicit: string | undefined, env: Environment): Promise<Loaded> {
	const files = kubeconfigFiles(explicit, env);
	const texts = await Promise.all(files.map(async (file) => readIfThere(file)));
	if (explicit && texts[0] === undefined) {
		throw new UserError(
			`kubeconfig ${explicit}: no such file`,
			'Give a file that is there, or leave --kubeconfig out.',
		);
	}

	const parsed = texts.map((text, position) =>
		text === undefined ? emptyKubeconfig : parseKubeconfig(text, files[position] ?? ''),
	);
	const found = files.filter((_, position) => texts[position] !== undefined);
	return {kubeconfig: mergeKubeconfigs(parsed), files, found};
}

async function readIfThere(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'ENOENT') {
			return undefined;
		}

		throw new UserError(
			`kubeconfig ${file}: ${readProblem(code)}`,
			'Give another with --kubeconfig or KUBECONFIG.',
		);
	}
}

function readProblem(code: unknown): string {
	return code === 'EACCES'
		? 'you may not read it'
		: code === 'EISDIR'
			? 'it is a directory'
			: `cannot be read (${String(code)})`;
}

/** The first file that names an entry gives all of it. The first that sets a current context gives that. */
function mergeKubeconfigs(kubeconfigs: readonly Kubeconfig[]): Kubeconfig {
	const currentContext = kubeconfigs.find((kubeconfig) => kubeconfig.currentContext)?.currentContext;
	const lastFirst = kubeconfigs.toReversed();
	return {
		clusters: new Map(lastFirst.flatMap((kubeconfig) => [...kubeconfig.clusters])),
		users: new Map(lastFirst.flatMap((kubeconfig) => [...kubeconfig.users])),
		contexts: new Map(lastFirst.flatMap((kubeconfig) => [...kubeconfig.contexts])),
		currentContext,
	};
}
