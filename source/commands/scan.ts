import {isEverywhere} from './flags/home-namespace.ts';
import {command} from '../model/safe-text/command.ts';
import {UserError} from '../errors.ts';
import {openingReads} from '../session/demand.ts';
import type {RequestedSource} from '../model/request.ts';
import {createScanner, type Scan as ScanResult} from '../path/walk/scan.ts';
import {checkSource, requestedSource} from './flags/asking.ts';
import {asksWhatIf} from './flags/asks-what-if.ts';
import {scanExitCode, withLeftOut} from './output/exit-code.ts';
import {failOnOf, type Flags} from './flags/flags.ts';
import {ignoring, leavesToClusters} from './flags/ignore.ts';
import {metadataOf} from './output/metadata.ts';
import {scanText} from './output/printer.ts';
import {selectorOf} from './flags/selector.ts';
import type {OpenSource} from './data-source/source.ts';
import type {Terminal} from './output/terminal.ts';
import {pathOutcome} from './output/path-outcome.ts';
import {verifyNamespace, verifySource} from './flags/verify-found.ts';
import {evaluateFrom, withSource} from './data-source/with-source.ts';

/** `knet scan`: every entry of the namespace (-A: of all), worst first. Resolves to the exit code. */
export async function scan(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
	verifyAsked(words, flags);
	if (asksWhatIf(flags)) {
		return (await import('./what-if.ts')).whatIfScan(flags, terminal);
	}

	checkSource(flags);
	return withSource(flags, terminal, async (source) => {
		const from = requestedSource(flags, source);
		const namespace = isEverywhere(flags, source) ? undefined : (flags.namespace ?? source.namespace);
		const look = scanner(source, {namespace, from, flags, config: terminal.config});
		const first = await look();
		verifySource(from, source);
		if (first.paths.length === 0) {
			verifyNamespace(namespace, source);
		}

		const print = (result: ScanResult): Promise<string> =>
			scanText(
				{...result, namespace, selector: flags.selector},
				{flags, metadata: metadataOf(source), positionOf: source.positionOf, ...terminal},
				leavesToClusters(flags, result.paths) ? manifestsHint : undefined,
			);
		if (flags.watch) {
			const {watch} = await import('./watch.ts');
			return await watch({source, terminal, flags, ask: look, look, print, outcomeOf: scanOutcome}, first);
		}

		terminal.print(await print(first));
		return withLeftOut(scanExitCode(first, failOnOf(flags)), source, failOnOf(flags));
	});
}

const manifestsHint =
	'If these are manifests, not a dump: --manifests leaves out what only a cluster can tell.';

function verifyAsked([word]: readonly string[], {probe}: Flags): void {
	if (word !== undefined) {
		throw new UserError(
			`knet scan takes no ${word}.`,
			/\.(?:ya?ml|json|tgz|tar|gz)$/iu.test(word)
				? `For a file: ${command('knet', 'scan', '-f', word)}.`
				: `For one target: ${command('knet', 'trace', word)}.`,
		);
	}

	if (probe) {
		throw new UserError(
			'knet scan does not probe: it would send requests to every entry.',
			'For one target: knet trace TARGET --probe.',
		);
	}
}

type Scanning = {
	/** Undefined: all. */
	readonly namespace?: string;
	readonly from?: RequestedSource;
	readonly flags: Flags;
	readonly config: Terminal['config'];
};

/** Looks at every entry, each time it is asked. */
function scanner(source: OpenSource, {namespace, from, flags, config}: Scanning): () => Promise<ScanResult> {
	const selector = selectorOf(flags);
	const opening = openingReads(namespace ?? '*');
	const ignored = ignoring(flags, config);
	return async () => {
		const {scan, sample} = createScanner(namespace, {from, selector});
		const result = await evaluateFrom(source, {flags, opening, sample}, scan);
		return {...result, paths: ignored(result.paths, source.reader.snapshot(Date.now()))};
	};
}

/** What is news: verdicts and codes. Ages in sentences move by themselves. */
function scanOutcome({verdict, paths}: ScanResult): object {
	return {verdict, paths: paths.map((path) => [path.target.text, pathOutcome(path)])};
}
