import type {Trace} from '../path/report.ts';
import type {Flags} from './flags.ts';
import {metadataOf} from './metadata.ts';
import {traceText} from './printer.ts';
import type {OpenSource} from './source.ts';
import type {Terminal} from './terminal.ts';

type Watched = {
	readonly source: OpenSource;
	readonly terminal: Terminal;
	readonly flags: Flags;
	readonly ask: () => Promise<Trace>;
};

/** Events come in bursts: one look for all of them. Milliseconds. */
const calm = 200;

/**
`knet trace -w`: prints the trace again whenever it says something else, until the reader interrupts. JSON is one document a
line. Resolves to 0 on SIGINT and SIGTERM: what was asked for was to watch.
*/
export async function watchTrace(watched: Watched, first: Trace): Promise<number> {
	const {source, ask} = watched;
	const interrupted = new AbortController();
	const stop = (): void => interrupted.abort();
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	let shown = await show(watched, first, undefined);
	while (!interrupted.signal.aborted) {
		await change(source, interrupted.signal);
		if (!interrupted.signal.aborted) {
			shown = await show(watched, await ask(), shown);
		}
	}

	process.off('SIGINT', stop);
	process.off('SIGTERM', stop);
	return 0;
}

async function show(
	{source, terminal, flags}: Watched,
	trace: Trace,
	shown: string | undefined,
): Promise<string> {
	const said = JSON.stringify(trace);
	if (said !== shown) {
		const metadata = metadataOf(source);
		const text = await traceText(trace, {flags, metadata, ...terminal});
		const isText = flags.output === undefined || flags.output === 'text' || flags.output === 'wide';
		terminal.print(
			isText && shown !== undefined
				? `\n${metadata.at}\n${text}`
				: flags.output === 'json'
					? `${JSON.stringify(JSON.parse(text))}\n`
					: text,
		);
	}

	return said;
}

/** Resolves a moment after the store changed, or at once when interrupted. */
function change({reader}: OpenSource, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		let timer: NodeJS.Timeout | undefined;
		const finish = (): void => {
			clearTimeout(timer);
			unsubscribe();
			signal.removeEventListener('abort', finish);
			resolve();
		};

		const unsubscribe = reader.subscribe(() => {
			timer ??= setTimeout(finish, calm);
		});
		signal.addEventListener('abort', finish);
	});
}
