import type {Flags} from './flags/flags.ts';
import {metadataOf} from './output/metadata.ts';
import type {OpenSource} from './data-source/source.ts';
import type {Terminal} from './output/terminal.ts';

type Watched<T> = {
	readonly source: OpenSource;
	readonly terminal: Terminal;
	readonly flags: Flags;
	/** Gathers evidence first, where that was asked for. */
	readonly ask: () => Promise<T>;
	/** Walks what is held, and sends nothing. */
	readonly look: () => Promise<T>;
	readonly print: (result: T) => Promise<string>;
	/** What is news of a result, where only time has passed. */
	readonly outcomeOf: (result: T) => object;
};

/** Events come in bursts: one look for all of them. Milliseconds. */
const calm = 200;

/** Some verdicts depend on time alone: a picture that nobody renews is unknown after a while. Milliseconds. */
const lookAgain = 5000;

/**
`-w`: prints a trace or a scan again whenever it says something else, until the reader interrupts. JSON is one document a
line. Resolves to 0 on SIGINT and SIGTERM: what was asked for was to watch.
*/
export async function watch<T>(watched: Watched<T>, first: T): Promise<number> {
	const {source, ask, look, outcomeOf} = watched;
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
			const result = await look();
			shown = isSame(outcomeOf(result), outcomeOf(shown)) ? shown : await show(watched, result, shown);
		}
	}

	process.off('SIGINT', stop);
	process.off('SIGTERM', stop);
	return 0;
}

function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

/** Prints a result unless the last one said the same; resolves to what was printed last. */
async function show<T>({source, terminal, flags, print}: Watched<T>, result: T, shown?: T): Promise<T> {
	if (shown !== undefined && isSame(result, shown)) {
		return shown;
	}

	const text = await print(result);
	const isText = flags.output === undefined || flags.output === 'text' || flags.output === 'wide';
	terminal.print(
		isText && shown !== undefined
			? `\n${metadataOf(source).at}\n${text}`
			: flags.output === 'json'
				? `${JSON.stringify(JSON.parse(text))}\n`
				: text,
	);
	return result;
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
