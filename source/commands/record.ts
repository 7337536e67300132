import {command} from '../model/safe-text/command.ts';
import {fstatSync, ftruncateSync} from 'node:fs';
import {open, stat, type FileHandle} from 'node:fs/promises';
import {finished} from 'node:stream/promises';
import {createRecorder} from '../feeds/recording/recorder.ts';
import type {Demand} from '../feeds/feed.ts';
import {rarerConfigMaps} from '../model/kept/config-map-names.ts';
import {factsOf, kindsThat} from '../model/kinds.ts';
import {isHeld, type KindState, type Snapshot} from '../model/snapshot.ts';
import {serverKinds} from '../model/workloads/workload.ts';
import {configMapOf} from '../path/controller/settings.ts';
import {UserError} from '../errors.ts';
import {version} from '../version.ts';
import type {Flags} from './flags/flags.ts';
import {credentialTimeoutOf} from './flags/timeout.ts';
import {openCluster, type OpenSource} from './data-source/source.ts';
import type {Terminal} from './output/terminal.ts';
import {writeError} from './output/write-error.ts';

/** What a replay may be asked about. */
const recorded = kindsThat((facts) => facts.recorded);

/** `knet record FILE`: writes down everything that happens in the cluster until interrupted. */
export async function record(words: readonly string[], flags: Flags, {say}: Terminal): Promise<number> {
	const [name, ...more] = words;
	if (name === undefined || more.length > 0) {
		throw new UserError('knet record needs one FILE.', 'For example: knet record incident.knetrec.');
	}

	const handle = await openFor(name, flags.force ?? false);
	const file = handle.createWriteStream();
	const failed = new Promise<never>((_, reject) => {
		file.once('error', (error) => reject(writeError(name, error)));
	});
	// Looked at below, once there is something to wait for.
	failed.catch(() => {});
	let lines = 0;
	const source = await openRecorded(flags, handle, (line) => {
		lines++;
		file.write(`${line}\n`);
	});
	const unsubscribe = followAll(source, say);
	say(`Recording ${source.context ?? 'the cluster'} to ${name}; ctrl-c ends it.\n`);
	try {
		await Promise.race([interrupted(), failed]);
	} finally {
		unsubscribe();
		await source.close();
	}

	file.end();
	await finished(file);
	say(`${lines - 1} changes in ${name}. ${command('knet', 'replay', name)} plays them back.\n`);
	return 0;
}

/** Opens the cluster and writes its changes. The file is emptied once the cluster is reached, and closed where it cannot be. */
async function openRecorded(
	flags: Flags,
	handle: FileHandle,
	write: (line: string) => void,
): Promise<OpenSource> {
	try {
		return await openCluster(flags, {
			credentialTimeout: credentialTimeoutOf(flags),
			tee(writer, context) {
				// Not before: a cluster that cannot be reached costs nobody an older recording.
				if (fstatSync(handle.fd).isFile()) {
					ftruncateSync(handle.fd);
				}

				const metadata = {context, knetVersion: version, namespace: flags.namespace};
				return createRecorder({writer, write, clock: Date.now, metadata});
			},
		});
	} catch (error) {
		await handle.close();
		throw error;
	}
}

/** Watches all that a replay may be asked about. Which ConfigMaps controllers read is known once their workloads are. */
function followAll({feed, reader}: OpenSource, say: Terminal['say']): () => void {
	const follow = (): void => feed.want(demandFor(reader.snapshot(Date.now())));
	follow();
	const tellFailure = failureTeller(say);
	return reader.subscribe(({kinds}) => {
		tellFailure(reader.snapshot(Date.now()));
		if (serverKinds.some((kind) => kinds.has(kind))) {
			follow();
		}
	});
}

/** A cluster that fails in ever new ways fills no screen. */
const mostReasons = 5;

/** Says why nothing can be read yet, each reason once: whoever waits for an incident would find an empty recording. */
function failureTeller(say: Terminal['say']): (snapshot: Snapshot) => void {
	const told = new Set<string>();
	return (snapshot) => {
		const reason =
			told.size < mostReasons ? whyNothing(recorded.map((kind) => snapshot.state(kind))) : undefined;
		if (reason !== undefined && !told.has(reason)) {
			told.add(reason);
			say(`${reason}. It is tried again until ctrl-c.\n`);
		}
	};
}

/** Why no list is held. Undefined while one is, or may come. */
function whyNothing(states: readonly KindState[]): string | undefined {
	if (states.some(isHeld)) {
		return undefined;
	}

	const coming = states.filter(({state}) => state === 'connecting');
	const [refused] = (coming.length > 0 ? coming : states).flatMap((state) =>
		'reason' in state ? (state.reason ?? []) : [],
	);
	return refused;
}

function demandFor(snapshot: Snapshot): Demand {
	const controllers = serverKinds
		.flatMap((kind) => snapshot.list(kind))
		.flatMap((workload) => configMapOf(workload) ?? []);
	const configMaps = new Set([...(factsOf('ConfigMap').named ?? []), ...rarerConfigMaps, ...controllers]);
	return new Map(recorded.map((kind) => [kind, kind === 'ConfigMap' ? configMaps : 'all']));
}

/** A file that is there is opened only when it may be overwritten, and stays as it is for now. Pipes and devices hold nothing. */
async function openFor(name: string, mayOverwrite: boolean): Promise<FileHandle> {
	const found = await stat(name).catch(() => undefined);
	if (found?.isFile() && !mayOverwrite) {
		throw new UserError(`${name} exists already.`, 'Give another name, or --force to overwrite it.');
	}

	return open(name, found?.isFile() ? 'r+' : 'w').catch((error: NodeJS.ErrnoException) => {
		throw writeError(name, error);
	});
}

function interrupted(): Promise<void> {
	return new Promise((resolve) => {
		process.once('SIGINT', resolve);
		process.once('SIGTERM', resolve);
	});
}
