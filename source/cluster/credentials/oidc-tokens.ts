import {open, readFile, realpath, rename, rm, stat, writeFile} from 'node:fs/promises';
import {isDeepStrictEqual} from 'node:util';
import {type Document, isScalar, parseAllDocuments} from 'yaml';
import type {AuthProvider} from '../kubeconfig/kubeconfig.ts';
import {dialect, parseKubeconfig} from '../kubeconfig/parse.ts';
import {AuthError} from '../transport/errors.ts';
import type {Tokens} from './oidc-refresh.ts';

const kept = ['id-token', 'refresh-token'] as const;

/** The tokens that the kubeconfig holds now; none where it can no longer be read. */
export async function readTokens(provider: AuthProvider): Promise<Tokens> {
	try {
		const text = await readFile(provider.file, 'utf8');
		const config = parseKubeconfig(text, provider.file).users.get(provider.user)?.authProvider?.config ?? {};
		return Object.fromEntries(kept.flatMap((key) => (config[key] ? [[key, config[key]]] : [])));
	} catch {
		return {};
	}
}

type Change = {readonly used: Tokens; readonly fresh: Tokens};

/**
Writes fresh tokens to the kubeconfig they came from, and changes nothing else of it; comments stay. A file that may not be
written is an error only when the old refresh token is void: then the next log-in depends on it.
*/
export async function writeTokens(provider: AuthProvider, {used, fresh}: Change): Promise<void> {
	try {
		await locked(provider.file, async (file) => {
			await replace(file, withTokens(await readFile(file, 'utf8'), provider.user, fresh));
		});
	} catch (error) {
		const next = fresh['refresh-token'];
		if (next !== undefined && next !== used['refresh-token']) {
			const code = error instanceof Error && 'code' in error ? String(error.code) : 'not as expected';
			throw new AuthError(`the new refresh token cannot be written to ${provider.file} (${code})`);
		}
	}
}

/** clientcmd's lock: whoever makes the file `NAME.lock` may write. */
async function locked(name: string, act: (file: string) => Promise<void>): Promise<void> {
	const file = await realpath(name);
	const lock = `${file}.lock`;
	const handle = await open(lock, 'wx', 0o600);
	try {
		await act(file);
	} finally {
		await handle.close();
		await rm(lock, {force: true});
	}
}

/** Whole or not at all, with the file's own permissions. */
async function replace(file: string, text: string): Promise<void> {
	const {mode} = await stat(file);
	const fresh = `${file}.knet`;
	try {
		await writeFile(fresh, text, {mode, flag: 'wx'});
		await rename(fresh, file);
	} catch (error) {
		await rm(fresh, {force: true});
		throw error;
	}
}

function withTokens(text: string, user: string, tokens: Tokens): string {
	const documents = parseAllDocuments(text, dialect) as readonly Document[];
	const [document] = documents;
	if (documents.length !== 1 || !document) {
		throw new Error('not one document');
	}

	const expected = document.toJS() as {
		readonly users?: readonly {
			readonly name?: string;
			readonly user?: {readonly 'auth-provider'?: {readonly config?: Record<string, unknown>}};
		}[];
	};
	const index = expected.users?.findIndex(({name}) => name === user) ?? -1;
	const config = expected.users?.[index]?.user?.['auth-provider']?.config;
	if (!config) {
		throw new Error('no such user');
	}

	Object.assign(config, tokens);
	const written = edited(text, document, {path: ['users', index, 'user', 'auth-provider', 'config'], tokens});
	if (!isDeepStrictEqual(parseAllDocuments(written, dialect)[0]?.toJS(), expected)) {
		throw new Error('would change more');
	}

	return written;
}

type Edit = {readonly path: readonly (string | number)[]; readonly tokens: Tokens};

/** Values that are there are replaced in the text, so that it keeps its look; others are added by the YAML writer. */
function edited(text: string, document: Document, {path, tokens}: Edit): string {
	const ranges = Object.entries(tokens).map(([key, value = '']) => ({
		node: document.getIn([...path, key], true),
		path: [...path, key],
		value,
	}));
	const spans = ranges.flatMap(({node, value}) =>
		isScalar(node) && node.range ? [{from: node.range[0], to: node.range[1], value}] : [],
	);
	if (spans.length === ranges.length) {
		return spans
			.toSorted((a, b) => b.from - a.from)
			.reduce((whole, {from, to, value}) => whole.slice(0, from) + scalar(value) + whole.slice(to), text);
	}

	ranges.forEach((range) => document.setIn(range.path, range.value));
	return document.toString({lineWidth: 0});
}

/** Plain where YAML cannot take it for anything but text. */
function scalar(value: string): string {
	return /^[A-Za-z][\w-]*\.[\w.-]+$/u.test(value) ? value : JSON.stringify(value);
}
