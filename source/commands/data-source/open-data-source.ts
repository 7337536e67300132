import {isEverywhere} from '../flags/home-namespace.ts';
import {isClusterError} from '../../cluster/transport/errors.ts';
import {demoOutside} from '../../demo/probes/demo-outside.ts';
import type {SharedScreen} from '../../cluster/credentials/shared-screen.ts';
import type {SessionOptions} from '../../session/create-session.ts';
import {systemClock} from '../../clock.ts';
import {UserError} from '../../errors.ts';
import type {Connection} from '../../cluster/connection.ts';
import {createManagedFieldsReader} from '../../cluster/managed-fields.ts';
import {describeFailure} from '../../cluster/transport/describe.ts';
import type {Guide} from '../../model/guide.ts';
import type {DataSource, ReadManagers} from '../../session/data-source.ts';
import {createProber} from '../../session/probes/prober.ts';
import {version} from '../../version.ts';
import type {ContextRow, SourceInfo} from '../../session/state.ts';
import {createObjectReader} from '../../cluster/object-reader.ts';
import {objectTextOf} from '../objects/object-text.ts';
import type {Config} from '../../config/config.ts';
import {traceOptionsOf} from '../flags/asking.ts';
import {inContext, type Flags} from '../flags/flags.ts';
import {markAsCalled} from '../flags/as-called.ts';
import {ignoring} from '../flags/ignore.ts';
import {openServer, openSource, type OpenSource} from './source.ts';
import {leftOutOf} from '../output/left-out.ts';

/** What a session is asked to show: crosses to the worker as data. */
export type SessionRequest = {
	readonly flags: Flags;
	/** URL of the embedded cluster, instead of what the flags name. */
	readonly demo?: string;
	/** What the demo asks, and the keys that answer. */
	readonly guide?: Guide;
	/** Name of a recording, played back instead. */
	readonly recording?: string;
	/** The namespace where neither a flag nor a switch to another context names one. */
	readonly namespace?: string;
	/** Findings that the configuration says to live with. */
	readonly ignore?: Config['ignore'];
	/** What knet is called by, for commands in texts. */
	readonly program?: string;
	/** The screen is open: an exec plugin has to borrow the terminal. */
	readonly isScreenOpen?: boolean;
};

/** To the worker thread, once: what to open. */
export type OpenMessage = {readonly type: 'open'; readonly request: SessionRequest};

/** Opens what a request names. Rejects with `UserError` when it leads nowhere. */
export async function sessionOptions(
	{flags, demo, guide, recording, namespace, ignore, program, isScreenOpen = false}: SessionRequest,
	lend: SharedScreen['lend'],
): Promise<SessionOptions> {
	const mark = markAsCalled(ignoring(flags, {ignore}), program);
	if (recording !== undefined) {
		const options = await (await import('./recording-data-source.ts')).recordingOptions(recording, flags);
		return {...options, mark};
	}

	const early: string[] = [];
	let note: SharedScreen['note'] = (text) => void early.push(text);
	const screen: SharedScreen = {isOpen: isScreenOpen, lend, note: (text) => note(text)};
	const opening = demo === undefined ? openSource(flags, {screen, namespace}) : openServer(demo);
	const opened = await opening.catch(sayFailure);
	const dataSource = dataSourceOf(opened, {flags, demo, guide});
	const isWhole = isEverywhere(flags, opened);
	return {
		dataSource,
		clock: systemClock,
		version,
		readEdits: async (text) =>
			(await import('../flags/edits.ts')).typedEdits(text, flags.namespace ?? dataSource.namespace),
		contexts: opened.source === 'live' && demo === undefined ? await contextsOf(flags, opened.context) : [],
		open: async (context) =>
			dataSourceOf(await openSource(inContext(flags, context), {screen: {...screen, isOpen: true}}), {flags}),
		hear: (say) => {
			early.forEach(say);
			note = say;
		},
		namespace: isWhole ? undefined : dataSource.namespace,
		mayProbe: flags.probe === true,
		mark,
		traceOptions: traceOptionsOf(flags, dataSource.namespace),
	};
}

function dataSourceOf(opened: OpenSource, {flags, demo, guide}: SessionRequest): DataSource {
	const {reader, writer, feed, namespace, connection} = opened;
	return {
		source: {...sourceInfo(opened, flags, demo !== undefined), guide},
		namespace: demo === undefined ? namespace : (flags.namespace ?? 'shop'),
		reader,
		feed,
		prober:
			connection &&
			createProber({
				connection,
				reader,
				writer,
				clock: () => systemClock.now(),
				version,
				machine: demo === undefined ? undefined : demoOutside(connection),
			}),
		readManagers: connection && managersOf(connection),
		readObject: connection && objectsOf(connection),
		close: () => opened.close(),
	};
}

/** Errors lose their class on the way to the main thread: what the cluster refuses must not look like a fault of knet. */
function sayFailure(error: unknown): never {
	throw isClusterError(error) ? new UserError(describeFailure(error)) : error;
}

/** Failures in a sentence. */
function managersOf(connection: Connection): ReadManagers {
	const read = createManagedFieldsReader(connection, systemClock);
	return async (kind, namespace, name) =>
		read(kind, namespace, name).catch((error: unknown) => {
			throw isClusterError(error) ? new Error(describeFailure(error)) : error;
		});
}

/** Failures in a sentence. */
function objectsOf(connection: Connection): NonNullable<DataSource['readObject']> {
	const read = objectTextOf(createObjectReader(connection, systemClock));
	return async (look) =>
		read(look).catch((error: unknown) => {
			throw isClusterError(error) ? new Error(describeFailure(error)) : error;
		});
}

function sourceInfo(
	{source, connection, faults, unfollowed}: OpenSource,
	flags: Flags,
	isDemo: boolean,
): SourceInfo {
	const {context, cluster, server, user, insecure} = (!isDemo && connection) || {};
	return {
		kind: isDemo ? 'demo' : source,
		context,
		cluster,
		server,
		user,
		insecure,
		files: flags.filename,
		leftOut: leftOutOf(faults),
		unfollowed: unfollowed && [...unfollowed].map(([kind, count]) => ({kind, count})),
	};
}

/** A kubeconfig that cannot be listed gives no contexts to pick from; it was good enough to connect. */
async function contextsOf(flags: Flags, current: string | undefined): Promise<readonly ContextRow[]> {
	const {listContexts} = await import('../../cluster/kubeconfig/list-contexts.ts');
	const rows = await listContexts({kubeconfig: flags.kubeconfig}).catch(() => []);
	return rows.map(({name, cluster, namespace}) => ({name, cluster, namespace, current: name === current}));
}
