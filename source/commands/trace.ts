import {systemClock} from '../clock.ts';
import {UserError} from '../errors.ts';
import {openingReads} from '../session/demand.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Trace} from '../path/report.ts';
import {parseTarget} from '../path/target-text.ts';
import {walk} from '../path/walk/walk.ts';
import {accepted, requestedSource, traceOptionsOf} from './flags/asking.ts';
import {asksWhatIf} from './flags/asks-what-if.ts';
import {exitCode} from './output/exit-code.ts';
import {failOnOf, type Flags} from './flags/flags.ts';
import {ignoring} from './flags/ignore.ts';
import {metadataOf} from './output/metadata.ts';
import {traceText} from './output/printer.ts';
import {pathOutcome} from './output/path-outcome.ts';
import {located} from './flags/home-namespace.ts';
import type {Question} from './flags/question.ts';
import type {OpenSource} from './data-source/source.ts';
import type {Terminal} from './output/terminal.ts';
import {insteadOfWords, targetOf} from './flags/target-of.ts';
import {verifyFound} from './flags/verify-found.ts';
import {evaluateFrom, withSource} from './data-source/with-source.ts';

/** `knet trace TARGET`: one path set, once, or live with -w. Resolves to the exit code. */
export async function trace(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
	const given = questionOf(words, flags);
	if (flags.matrix) {
		return (await import('./matrix.ts')).traceMatrix(given, flags, terminal);
	}

	if (asksWhatIf(flags)) {
		return (await import('./what-if.ts')).whatIfTrace(given, flags, terminal);
	}

	return withSource(flags, terminal, async (source) => {
		const question = questionIn(source, given, flags);
		const {first, ask, look} = await asker(source, question, {flags, terminal});
		const ignored = ignoring(flags, terminal.config);
		const marked = (trace: Trace): Trace => ({
			...trace,
			paths: ignored(trace.paths, source.reader.snapshot(Date.now())),
		});
		const result = marked(first);
		const print = (trace: Trace): Promise<string> =>
			traceText(trace, {flags, metadata: metadataOf(source), positionOf: source.positionOf, ...terminal});
		if (flags.watch) {
			const {watch} = await import('./watch.ts');
			return await watch(
				{
					source,
					terminal,
					flags,
					ask: async () => marked(await ask()),
					look: async () => marked(await look()),
					print,
					outcomeOf,
				},
				result,
			);
		}

		terminal.print(await print(result));
		return exitCode(result.paths, failOnOf(flags));
	});
}

/** What of a trace is news: verdicts and codes. Ages in sentences move by themselves. */
function outcomeOf({verdict, paths}: Trace): object {
	return {verdict, paths: paths.map(pathOutcome)};
}

type Asker = {
	readonly first: Trace;
	/** Probes, where that was asked for. */
	readonly ask: () => Promise<Trace>;
	readonly look: () => Promise<Trace>;
};

/** Walks once, to see that the target exists, and returns how to walk it again. A large target is not walked twice. */
async function asker(
	source: OpenSource,
	question: Question,
	{flags, terminal}: {readonly flags: Flags; readonly terminal: Terminal},
): Promise<Asker> {
	const look = (): Promise<Trace> => walked(source, {question, flags}, (trace) => trace);
	const first = await look();
	verifyFound(question, first, source);
	if (flags.rules) {
		const {readRulesFiles} = await import('./data-source/read-rules-files.ts');
		const services = source.reader.snapshot(Date.now()).list('Service');
		const found = await readRulesFiles(flags.rules, {services, at: Date.now()});
		found.forEach((rules) => source.writer.observe(rules));
	}

	if (!flags.probe) {
		return {first: flags.rules ? await look() : first, ask: look, look};
	}

	const {askWithProbes, proberOf} = await import('./data-source/ask-with-probes.ts');
	const prober = proberOf(source);
	const ask = askWithProbes({
		ask: () =>
			walked(source, {question, flags}, (found, snapshot) => ({
				result: found,
				planned: prober.plan({trace: found}, snapshot),
			})),
		say: terminal.say,
		clock: systemClock,
	});
	return {first: await ask(), ask, look};
}

/** Names without a namespace are those of the source's own; in a file, of the only namespace that has the name. */
function questionIn(source: OpenSource, given: Question, flags: Flags): Question {
	const from = requestedSource(flags, source);
	const isAnywhere = source.source === 'file' && flags.namespace === undefined;
	const snapshot = source.reader.snapshot(Date.now());
	return isAnywhere
		? {...given, from, target: located(snapshot, given.target, source.namespace)}
		: {...given, from};
}

export function questionOf(words: readonly string[], flags: Flags): Question {
	// Before the words: of `--from pod web-a` one is left over.
	const {from, request} = traceOptionsOf(flags, flags.namespace ?? 'default');
	const text = targetOf(words);
	if (text === undefined) {
		throw new UserError(
			words.length < 2 ? 'knet trace needs a TARGET.' : `knet trace takes one TARGET, not ${words.length}.`,
			insteadOfWords(
				words,
				['knet', 'trace'],
				'For example: knet trace https://app.example.com/api, or knet trace svc/web:80.',
			),
		);
	}

	const target = accepted(parseTarget(text, request));
	const ofUrls = (['method', 'header', 'query'] as const).find((name) => flags[name] !== undefined);
	if (ofUrls && target.kind !== 'url') {
		throw new UserError(
			`--${ofUrls} is about a request to a URL, and ${text} is none.`,
			'Give the URL, such as http://web.shop/, or leave it out.',
		);
	}

	return {target, from, namespace: flags.allNamespaces ? undefined : flags.namespace};
}

/** `make` sees the snapshot that was walked: what it reads is gathered as well. */
async function walked<T>(
	source: OpenSource,
	{question, flags}: {readonly question: Question; readonly flags: Flags},
	make: (trace: Trace, snapshot: Snapshot) => T,
): Promise<T> {
	const namespace =
		question.target.kind === 'url' ? question.namespace : (question.namespace ?? source.namespace);
	const opening = openingReads(
		question.target.kind === 'service' ? (question.target.namespace ?? namespace) : namespace,
		['Pod', 'Event'],
	);
	return evaluateFrom(source, {flags, opening}, (snapshot) => {
		if (question.namespace !== undefined) {
			// Read, so that a namespace that does not exist can be told.
			snapshot.get('Namespace', '', question.namespace);
		}

		return make(walk(snapshot, {...question, namespace}), snapshot);
	});
}
