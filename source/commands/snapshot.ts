import {open, type FileHandle} from 'node:fs/promises';
import {systemClock} from '../clock.ts';
import type {Connection} from '../cluster/connection.ts';
import {createApiSurface} from '../cluster/list-watch/api-surface.ts';
import {UserError} from '../errors.ts';
import {readKind} from '../feeds/snapshot/read-all.ts';
import {rarerConfigMaps} from '../model/kept/config-map-names.ts';
import {factsOf, kindsThat, type Kind} from '../model/kinds.ts';
import {configMapOf} from '../path/controller/settings.ts';
import {project} from '../projection/project.ts';
import {command} from '../model/safe-text/command.ts';
import type {Flags} from './flags/flags.ts';
import {openCluster} from './data-source/source.ts';
import type {Terminal} from './output/terminal.ts';
import {credentialTimeoutOf} from './flags/timeout.ts';
import {writeError} from './output/write-error.ts';
import {isServerKind} from '../model/workloads/workload.ts';

/** `knet snapshot FILE`: a `List` of every object that knet reads, with the fields that it reads. Resolves to the exit code. */
export async function snapshot(words: readonly string[], flags: Flags, {say}: Terminal): Promise<number> {
	const [name, ...more] = words;
	if (name === undefined || more.length > 0) {
		throw new UserError('knet snapshot needs one FILE.', 'For example: knet snapshot cluster.json.');
	}

	const source = await openCluster(flags, {credentialTimeout: credentialTimeoutOf(flags)});
	const file = await openNew(name);
	try {
		if (!source.connection) {
			throw new UserError('knet snapshot needs a cluster.');
		}

		await file.write('{"apiVersion": "v1", "kind": "List", "items": [\n');
		const {count, missing} = await writeItems(file, source.connection);
		const annotations = describe(source.context, missing);
		await file.write(`\n], "metadata": ${JSON.stringify({annotations})}}\n`);
		say(`${count} objects in ${name}. ${command('knet', 'scan', '-f', name)} reads it.\n`);
		missing.forEach((kind) => say(`warning: left out: ${kind}\n`));
		return missing.length > 0 ? 2 : 0;
	} finally {
		await file.close();
		await source.close();
	}
}

/** A file is never written over. */
async function openNew(name: string): Promise<FileHandle> {
	return open(name, 'wx').catch((error: NodeJS.ErrnoException) => {
		throw error.code === 'EEXIST'
			? new UserError(`${name} exists already.`, 'Give another name, or remove it.')
			: writeError(name, error);
	});
}

/** Writes the objects of each kind: how many there were, and which kinds could not be read. */
async function writeItems(
	file: FileHandle,
	connection: Connection,
): Promise<{readonly count: number; readonly missing: readonly string[]}> {
	const surface = createApiSurface(connection, systemClock);
	const missing: string[] = [];
	let count = 0;
	// Workloads come before ConfigMaps: they say which ones controllers read.
	const configMaps = new Set(rarerConfigMaps);
	for (const {kind, place} of lists(configMaps)) {
		const read = await readKind(connection, surface, kind, place);
		if ('refused' in read) {
			missing.push(`${factsOf(kind).plural} (${read.refused})`);
			continue;
		}

		if (isServerKind(kind)) {
			read.items
				.flatMap((wire) => configMapOf(project(kind, wire)) ?? [])
				.forEach((place) => configMaps.add(place));
		}

		await file.write(read.items.map((item) => `${count++ > 0 ? ',\n' : ''}${JSON.stringify(item)}`).join(''));
	}

	return {count, missing};
}

/** What the file says of itself. Kinds without objects stand in it as empty lists. */
function describe(
	context: string | undefined,
	missing: readonly string[],
): Readonly<Record<string, string | undefined>> {
	return {
		'knet/snapshot': `every kind that knet reads, whole, as of ${new Date().toISOString()}`,
		'knet/context': context,
		'knet/missing': missing.join('; ') || undefined,
	};
}

type Listed = {readonly kind: Kind; readonly place?: string};

/** All that is read, one list after the other; ConfigMaps by name, the ones that are in `configMaps` by then. */
function* lists(configMaps: ReadonlySet<string>): Generator<Listed> {
	for (const kind of kindsThat(({recorded}) => recorded)) {
		const {named} = factsOf(kind);
		yield* named ? [...named, ...configMaps].map((place) => ({kind, place})) : [{kind}];
	}
}
