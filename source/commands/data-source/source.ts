import {dirname} from 'node:path';
import {isatty} from 'node:tty';
import type {Connection} from '../../cluster/connection.ts';
import type {SharedScreen} from '../../cluster/credentials/shared-screen.ts';
import type {Feed} from '../../feeds/feed.ts';
import type {createLiveFeed as CreateLiveFeed} from '../../feeds/live.ts';
import {createFilling, missingInFile} from '../../feeds/file/apply-objects.ts';
import {inputFiles} from '../../feeds/file/input-files.ts';
import {readingFile} from '../../feeds/file/reading-file.ts';
import {readDocuments, type Fault} from '../../feeds/file/read-documents.ts';
import {command} from '../../model/safe-text/command.ts';
import {verifyAccepted} from '../../feeds/file/refused.ts';
import {createStore} from '../../store/store.ts';
import type {Reader, Writer} from '../../store/store-types.ts';
import type {PositionOf} from '../../view/report/found.ts';
import type {ReportMetadata} from '../../view/report/report.ts';
import {version} from '../../version.ts';
import {createFilePositions} from './file-positions.ts';
import {nothingHeld} from './nothing-held.ts';
import type {Flags} from '../flags/flags.ts';
import {homeNamespace} from '../flags/home-namespace.ts';

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
	/** Of files, where the output says so: where an object stands. */
	readonly positionOf?: PositionOf;
	/** Of files: a line for each document that was left out. */
	readonly faults?: readonly string[];
	/** Of files: further warnings, which are printed before the answer. */
	readonly notes?: readonly string[];
	/** Of files: the kinds that knet does not follow, and how many objects of each; '' for what has no kind. */
	readonly unfollowed?: ReadonlyMap<string, number>;
	close(): Promise<void>;
};

export type Opening = {
	/** May put something between the feed and the store. */
	readonly tee?: Tee;
	/** Milliseconds for an exec plugin; its own limits when absent. */
	readonly credentialTimeout?: number;
	/** With which exec plugins share the terminal. */
	readonly screen?: SharedScreen;
	/** Where no flag names one; before the one of the kubeconfig. */
	readonly namespace?: string;
};

/** Opens what the flags name: files with `-f`, else the cluster of the kubeconfig. */
export async function openSource(flags: Flags, opening: Opening = {}): Promise<OpenSource> {
	return flags.filename ? openFiles(flags.filename, flags) : openCluster(flags, opening);
}

async function openFiles(names: readonly string[], {namespace, output = ''}: Flags): Promise<OpenSource> {
	const filling = createFilling();
	const positions = ['sarif', 'github'].includes(output) ? createFilePositions() : undefined;
	const faults: Fault[] = [];
	const kustomizations: Kustomization[] = [];
	for (const name of names) {
		for await (const file of inputFiles(name)) {
			if (isKustomization.test(file.name)) {
				kustomizations.push({name: file.name, isPacked: file.isPacked});
			}

			faults.push(
				...readDocuments(file.text, file.name, (wire, line) => {
					verifyAccepted(wire);
					filling.add(wire);
					positions?.add(wire, {file: file.name, line});
				}),
			);
		}
	}

	const {writer, reader} = createStore({unlisted: missingInFile});
	const {known, ignored} = filling.finish(writer, 'file');
	if (known.size === 0) {
		throw nothingHeld(names, faults, ignored);
	}

	return {
		reader: readingFile(reader),
		writer,
		feed: {want() {}, stop: () => Promise.resolve()},
		source: 'file',
		namespace: namespace ?? homeNamespace(reader.snapshot(0)),
		faults: leftOut(faults),
		notes: notApplied(kustomizations),
		unfollowed: ignored,
		positionOf: positions?.of,
		close: () => Promise.resolve(),
	};
}

// kustomize api/konfig/general.go, RecognizedKustomizationFileNames.
const isKustomization = /(?:^|[\\/])(?:kustomization\.ya?ml|Kustomization)$/u;

type Kustomization = {readonly name: string; readonly isPacked: boolean};

/** A kustomization adds and patches objects: the other files do not hold the result. */
function notApplied([first, ...others]: readonly Kustomization[]): readonly string[] {
	if (first === undefined) {
		return [];
	}

	const {name, isPacked} = first;
	const subject = others.length === 0 ? `${name} is` : `${name} and ${others.length} more are`;
	// kubectl reads no archive.
	const remedy = isPacked
		? 'Unpack the archive, and give what kubectl kustomize makes of it.'
		: `Give what it makes: ${command('kubectl', 'kustomize', dirname(name))} | knet scan -f -`;
	return [`warning: ${subject} not applied. ${remedy}\n`];
}

/** A bundle may hold many files that only look like objects: the first few are named. */
function leftOut(faults: readonly Fault[]): readonly string[] {
	const named = faults.slice(0, 5).map(({text}) => `warning: left out: ${text}\n`);
	const others = faults.length - named.length;
	return others > 0 ? [...named, `warning: left out: ${others} more documents.\n`] : named;
}

/** Loaded only where there is a cluster to watch. */
function liveModules() {
	return Promise.all([import('../../cluster/connect.ts'), import('../../feeds/live.ts')]);
}

/** Watches the cluster of the kubeconfig. */
export async function openCluster(
	flags: Flags,
	{tee, credentialTimeout, screen, namespace}: Opening = {},
): Promise<OpenSource> {
	const [{connect}, {createLiveFeed}] = await liveModules();
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
		namespace: flags.namespace ?? namespace ?? connection.namespace,
		context: connection.context,
		tee,
	});
}

/** The demo's own API server: no kubeconfig, no credentials. */
export async function openServer(server: string): Promise<OpenSource> {
	const [{connect}, {createLiveFeed}] = await liveModules();
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
