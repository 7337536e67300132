import {isEverywhere} from './flags/home-namespace.ts';
import {UserError} from '../errors.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Verdict} from '../path/hop.ts';
import type {Scan} from '../path/walk/scan.ts';
import type {Trace} from '../path/report.ts';
import {kubectlPlural} from '../model/kinds.ts';
import {kubectl} from '../model/safe-text/command.ts';
import {missingObject} from '../path/missing-target.ts';
import {createScanner} from '../path/walk/scan.ts';
import {walk} from '../path/walk/walk.ts';
import type {ScanPath} from '../view/report/report.ts';
import {changesOf, rankOf, whatIfReport, type PathChange} from '../view/report/what-if.ts';
import {openingReads} from '../session/demand.ts';
import {whatIf, type WhatIf} from '../what-if/what-if.ts';
import type {Edit} from '../what-if/edit.ts';
import {requestedSource} from './flags/asking.ts';
import {editsOf} from './flags/edits.ts';
import {failOnOf, type FailOn, type Flags} from './flags/flags.ts';
import {metadataOf} from './output/metadata.ts';
import {whatIfText} from './output/printer.ts';
import type {Question} from './flags/question.ts';
import {openOver} from './data-source/open-over.ts';
import type {OpenSource} from './data-source/source.ts';
import type {Terminal} from './output/terminal.ts';
import {verifyFound} from './flags/verify-found.ts';
import {evaluateFrom, withSource} from './data-source/with-source.ts';

/** How paths stand without the edits, and with them. */
type Compared = Pick<Scan, 'verdict'> & {
	readonly before: readonly ScanPath[];
	readonly after: readonly ScanPath[];
	readonly assumed: readonly string[];
};

type Look = (snapshot: Snapshot) => Pick<Scan, 'verdict' | 'paths'>;

/** `knet scan --over live -f change.yaml`: what the edits change, of all entries. */
export async function whatIfScan(flags: Flags, terminal: Terminal): Promise<number> {
	return withEdits(flags, terminal, async (source, edits) => {
		const namespace = isEverywhere(flags, source) ? undefined : (flags.namespace ?? source.namespace);
		const from = requestedSource(flags, source);
		const look: Look = (snapshot) => createScanner(namespace, {from}).scan(snapshot);
		const compared = await compare(source, {edits, look, opening: namespace ?? '*', flags});
		return told(compared, namespace, {source, flags, terminal});
	});
}

/** `knet trace TARGET --over live -f change.yaml`: what the edits change, of one target. */
export async function whatIfTrace(given: Question, flags: Flags, terminal: Terminal): Promise<number> {
	return withEdits(flags, terminal, async (source, edits) => {
		const question = {...given, from: requestedSource(flags, source)};
		const isUrl = question.target.kind === 'url';
		const namespace = isUrl ? question.namespace : (question.namespace ?? source.namespace);
		let first: Trace | undefined;
		const look: Look = (snapshot) => {
			const trace = walk(snapshot, {...question, namespace});
			first ??= trace;
			return {verdict: trace.verdict, paths: trace.paths.map((path) => withTarget(path, trace, namespace))};
		};
		const compared = await compare(source, {edits, look, opening: namespace ?? '*', flags});
		if (compared.before.length === 0 && compared.after.length === 0 && first) {
			verifyFound(question, first, source);
		}

		return told(compared, namespace, {source, flags, terminal});
	});
}

function withTarget(path: Trace['paths'][number], {target}: Trace, namespace: string | undefined): ScanPath {
	return {
		...path,
		target: {kind: target.kind, text: target.text, namespace: target.namespace ?? namespace ?? ''},
	};
}

async function withEdits(
	flags: Flags,
	terminal: Terminal,
	use: (source: OpenSource, edits: readonly Edit[]) => Promise<number>,
): Promise<number> {
	const idle = flags.watch ? '--watch' : flags.probe ? '--probe' : flags.rules ? '--rules' : undefined;
	if (idle) {
		throw new UserError(
			`${idle} looks at the cluster as it is, and not at what would be.`,
			`Leave out ${idle}, or --over, --scale, --drain and --without.`,
		);
	}

	return withSource(
		flags,
		terminal,
		async (source) => use(source, await editsOf(flags, flags.namespace ?? source.namespace, terminal.say)),
		openOver,
	);
}

type Comparing = {
	readonly edits: readonly Edit[];
	readonly look: Look;
	/** A namespace, or `*`. */
	readonly opening: string;
	readonly flags: Flags;
};

async function compare(source: OpenSource, {edits, look, opening, flags}: Comparing): Promise<Compared> {
	const reads = openingReads(opening, ['Pod']);
	const compared = await evaluateFrom(source, {flags, opening: reads}, (snapshot) => {
		const before = look(snapshot);
		const edited = whatIf(snapshot, edits);
		const after = look(edited.snapshot);
		const [problem] = edited.problems;
		return {
			...edited,
			verdict: after.verdict,
			before: before.paths,
			after: after.paths,
			fault: problem && new UserError(`${problem.sentence}.`, nextStep(snapshot, problem, source)),
		};
	});
	if (compared.fault) {
		throw compared.fault;
	}

	return compared;
}

/** The names that may be meant, or how to list them: in a cluster by kubectl, which reads no files of knet. */
function nextStep(snapshot: Snapshot, problem: WhatIf['problems'][number], {source}: OpenSource): string {
	const {kind, namespace} = problem;
	const isAny = snapshot.list(kind, namespace === '' ? undefined : namespace).length > 0;
	const elsewhere =
		namespace === '' ? '' : ' -n NAMESPACE, or KIND/NAMESPACE/NAME, names one of another namespace.';
	if (isAny) {
		const {like, next} = missingObject(snapshot, problem);
		return like === undefined ? `${next}${elsewhere}` : next;
	}

	const step =
		source === 'live'
			? `${kubectl({namespace}, 'get', kubectlPlural(kind))} lists what there is.`
			: `The input holds no ${kind}${namespace === '' ? '' : ` of namespace ${namespace}`}.`;
	return `${step}${elsewhere}`;
}

type Telling = {readonly source: OpenSource; readonly flags: Flags; readonly terminal: Terminal};

async function told(
	{before, after, assumed, verdict}: Compared,
	namespace: string | undefined,
	{source, flags, terminal}: Telling,
): Promise<number> {
	const changes = changesOf(before, after);
	const report = whatIfReport(
		{namespace, verdict, compared: after.length, changes, assumed},
		metadataOf(source),
	);
	const changed = after.filter(({title, target}) =>
		changes.some((change) => change.title === title && change.target.text === target.text),
	);
	terminal.print(await whatIfText(report, changed, {flags, metadata: report.metadata, ...terminal}));
	return whatIfExitCode(changes, failOnOf(flags));
}

/** 1: a path would get worse, down to `failOn`. 2: a path that works now could not be judged. */
function whatIfExitCode(changes: readonly PathChange[], failOn: FailOn): 0 | 1 | 2 {
	const worse = changes.filter(
		({before, after}) => before && rankOf(after?.verdict) < rankOf(before.verdict),
	);
	const verdicts = worse.map(({after}) => after?.verdict ?? 'broken');
	if (failOn === 'never') {
		return 0;
	}

	const isFailing = (verdict: Verdict): boolean => failing[failOn].includes(verdict);
	return verdicts.some(isFailing) ? 1 : verdicts.includes('unknown') ? 2 : 0;
}

const failing: Readonly<Record<Exclude<FailOn, 'never'>, readonly Verdict[]>> = {
	error: ['broken'],
	warning: ['broken', 'degraded'],
	unknown: ['broken', 'degraded', 'unknown'],
};
