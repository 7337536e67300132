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
	/** Gathers evidence first, where that was asked for. */
	readonly ask: () => Promise<Trace>;
	/** Walks what is held, and sends nothing. */
	readonly look: () => Promise<Trace>;
};

/** Events come in bursts: one look for all of them. Milliseconds. */
const calm = 200;

/** Some verdicts depend on time alone: a picture that nobody renews is unknown after a while. Milliseconds. */
const lookAgain = 5000;

/**
`knet trace -w`: prints the trace again whenever it says something else, until the reader interrupts. JSON is one document a
line. Resolves to 0 on SIGINT and SIGTERM: what was asked for was to watch.
*/
export async function watchTrace(watched: Watched, first: Trace): Promise<number> {
	const {source, ask, look} = watched;
	const interrupted = new AbortController();
	const stop = (): void => interrupted.abort();
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	let shown = await show(watched, first);
	while (!interrupted.signal.aborted) {
		const why = await nextLook(source, interrupted.signal);
		if (why === 'change') {
			shown = await show(watched, await ask(), shown);
		} else if (why === 'time') {
			const trace = await look();
			shown = isAlike(trace, shown) ? shown : await show(watched, trace, shown);
		}
	}

	process.off('SIGINT', stop);
	process.off('SIGTERM', stop);
	return 0;
}

/** Ages in sentences move by themselves: they alone are no news. */
function isAlike(a: Trace, b: Trace): boolean {
	return JSON.stringify(outcomeOf(a)) === JSON.stringify(outcomeOf(b));
}

function outcomeOf({verdict, paths}: Trace) {
	return {
		verdict,
		paths: paths.map(({title, hops}) => ({
			title,
			hops: hops.map(({kind, status, findings}) => ({kind, status, codes: findings.map(({code}) => code)})),
		})),
	};
}

/** Prints a trace unless the last one said the same; resolves to what was printed last. */
async function show({source, terminal, flags}: Watched, trace: Trace, shown?: Trace): Promise<Trace> {
	if (shown && JSON.stringify(trace) === JSON.stringify(shown)) {
		return shown;
	}

	const metadata = metadataOf(source);
	const text = await traceText(trace, {flags, metadata, ...terminal});
	const isText = flags.output === undefined || flags.output === 'text' || flags.output === 'wide';
	terminal.print(
		isText && shown
			? `\n${metadata.at}\n${text}`
			: flags.output === 'json'
				? `${JSON.stringify(JSON.parse(text))}\n`
				: text,
	);
	return trace;
}

/** Resolves a moment after the store changed, when some time has passed without a change, or at once when interrupted. */
function nextLook({reader}: OpenSource, signal: AbortSignal): Promise<'change' | 'time' | 'interrupted'> {
	return new Promise((resolve) => {
		let soon: NodeJS.Timeout | undefined;
		const finish = (why: 'change' | 'time' | 'interrupted'): void => {
			clearTimeout(soon);
			clearTimeout(later);
			unsubscribe();
			signal.removeEventListener('abort', interrupt);
			resolve(why);
		};
		const interrupt = (): void => finish('interrupted');
		const later = setTimeout(() => finish('time'), lookAgain);
		const unsubscribe = reader.subscribe(() => {
			soon ??= setTimeout(() => finish('change'), calm);
		});
		signal.addEventListener('abort', interrupt);
	});
}
