import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {isatty} from 'node:tty';
import type {Connection} from '../cluster/connection.ts';
import type {SharedScreen} from '../cluster/credentials/shared-screen.ts';
import {UserError} from '../errors.ts';
import type {Feed} from '../feeds/feed.ts';
import type {createLiveFeed as CreateLiveFeed} from '../feeds/live.ts';
import {applyObjects, missingInFile} from '../feeds/file/apply-objects.ts';
import {parseObjects} from '../feeds/file/parse-objects.ts';
import type {Wire} from '../projection/wire.ts';
import {createStore} from '../store/store.ts';
import type {Reader, Writer} from '../store/store-types.ts';
import type {ReportMetadata} from '../view/report/report.ts';
import {version} from '../version.ts';
import type {Flags} from './flags.ts';
import {readText} from './read-text.ts';

/** A store being filled, and where from. */
export type OpenSource = {
	readonly reader: Reader;
	readonly writer: Writer;
	readonly feed: Feed;
	readonly source: ReportMetadata['source'];
	/** kubeconfig context; absent for files. */
	readonly context?: string;
	/** Namespace where none is named. */
	readonly namespace: string;
	/** Absent for files. */
	readonly connection?: Connection;
	close(): Promise<void>;
};

export type Opening = {
	/** May put something between the feed and the store. */
	readonly tee?: Tee;
	/** Milliseconds for an exec plugin; its own limits when absent. */
	readonly credentialTimeout?: number;
	/** With which exec plugins share the terminal. */
	readonly screen?: SharedScreen;
};

/** Opens what the flags name: files with `-f`, else the cluster of the kubeconfig. */
export async function openSource(flags: Flags, opening: Opening = {}): Promise<OpenSource> {
	return flags.filename
		? openFiles(flags.filename, flags.namespace ?? 'default')
		: openCluster(flags, opening);
}

async function openFiles(names: readonly string[], namespace: string): Promise<OpenSource> {
	const objects = (await Promise.all(names.map(readObjects))).flat();
	const {writer, reader} = createStore({unlisted: missingInFile});
	const {known} = applyObjects(writer, objects);
	if (known.size === 0) {
		throw new UserError(
			objects.length === 0
				? `${names.join(', ')} holds no object.`
				: `${names.join(', ')} holds no object of a kind that knet follows.`,
			'Give a dump: kubectl get services,endpointslices,pods,ingresses,ingressclasses,nodes -A -o yaml.',
		);
	}

	const feed: Feed = {want() {}, stop: () => Promise.resolve()};
	return {reader, writer, feed, source: 'file', namespace, close: () => Promise.resolve()};
}

async function readObjects(name: string): Promise<readonly Wire[]> {
	if (name === '-') {
		return parseObjects(await readStdin(), 'standard input');
	}

	const found = await stat(name).catch(() => undefined);
	if (!found) {
		throw new UserError(
			`There is no file ${name}.`,
			'Give a file or directory with manifests, or - for standard input.',
		);
	}

	return found.isDirectory() ? readDirectory(name) : parseObjects(await readText(name), name);
}

async function readDirectory(name: string): Promise<readonly Wire[]> {
	const entries = await readdir(name, {withFileTypes: true});
	const files = entries
		.filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/u.test(entry.name))
		.map((entry) => join(name, entry.name));
	const contents = await Promise.all(
		files.toSorted().map(async (file) => parseObjects(await readText(file), file)),
	);
	return contents.flat();
}

async function readStdin(): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of process.stdin) {
		chunks.push(chunk as Buffer);
	}

	return Buffer.concat(chunks).toString('utf8');
}

/** Watches the cluster of the kubeconfig. */
export async function openCluster(
	flags: Flags,
	{tee, credentialTimeout, screen}: Opening = {},
): Promise<OpenSource> {
	const [{connect}, {createLiveFeed}] = await Promise.all([
		import('../cluster/connect.ts'),
		import('../feeds/live.ts'),
	]);
	const connection = await connect({
		...flags,
		asGroups: flags.asGroup,
		version,
		credentialTimeout,
		screen,
		// Asked of the descriptor: a worker thread's own stdin is never a terminal.
		interactive: isatty(0),
	});
	await connection.authenticate();
	return watching(connection, {
		createLiveFeed,
		source: 'live',
		namespace: flags.namespace ?? connection.namespace,
		context: connection.context,
		tee,
	});
}

/** The demo's own API server: no kubeconfig, no credentials. */
export async function openServer(server: string): Promise<OpenSource> {
	const [{connect}, {createLiveFeed}] = await Promise.all([
		import('../cluster/connect.ts'),
		import('../feeds/live.ts'),
	]);
	const connection = await connect({server, version, env: {}});
	return watching(connection, {createLiveFeed, source: 'demo', namespace: 'shop'});
}

type Watching = {
	readonly createLiveFeed: typeof CreateLiveFeed;
	readonly source: 'live' | 'demo';
	readonly namespace: string;
	readonly context?: string;
	readonly tee?: Tee;
};

type Tee = (writer: Writer, context: string | undefined) => Writer;

function watching(
	connection: Connection,
	{createLiveFeed, source, namespace, context, tee}: Watching,
): OpenSource {
	const {writer, reader} = createStore();
	const learned = tee ? tee(writer, context) : writer;
	const feed = createLiveFeed({connection, writer: learned, namespaces: [namespace]});
	const close = async (): Promise<void> => {
		await feed.stop();
		await connection.close();
	};

	return {reader, writer, feed, source, context, namespace, connection, close};
}
