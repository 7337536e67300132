import {refText} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {verdictSince} from '../../path/verdict-since.ts';
import type {Finding} from '../../path/finding.ts';
import {mainFinding} from '../../path/main-finding.ts';
import type {Path, Trace} from '../../path/report.ts';
import type {Entry} from '../../path/report.ts';
import type {Verdict} from '../../path/hop.ts';
import {servicesBeside} from '../../path/walk/service/crossing.ts';
import type {EntryRow} from '../state.ts';

/** `isFrozen`: the cluster is that of an earlier time, or supposed. No list is still to come. */
export type RowTime = {readonly now: number; readonly isFrozen?: boolean};

/** The line of an entry, from what its walk said. `previous`: what it was, and when it last changed. */
export function entryRow(
	entry: Entry & Pick<EntryRow, 'labels'>,
	trace: Trace | undefined,
	previous: EntryRow | undefined,
	{now, isFrozen = false}: RowTime,
): EntryRow {
	const {id, title, namespace, target, subject, labels} = entry;
	const row = {id, title, namespace, target, subject, labels};
	if (!trace || !isDecided(trace, isFrozen)) {
		// While lists are read again, the last verdict stays: reading a list says nothing new about the path.
		return {...previous, ...row};
	}

	const path = shownPath(trace) ?? trace.paths[0]!;
	const finding = mainFinding(path)?.finding;
	const {verdict} = trace;
	const isSilent = verdict === 'unknown' && finding?.access === 'stale';
	return {
		...row,
		verdict,
		symptom: path.symptom,
		brokenAt: path.brokenAt,
		rootCause: finding?.code,
		cause: finding?.message,
		causeName: finding?.slug,
		forbidden: finding?.access === 'forbidden' || undefined,
		causeId: finding && causeIdOf(finding),
		ignored: isIgnored(trace) || undefined,
		...readiness(path, previous, isSilent),
		onlyNode: onlyNodeOf(path),
		leadsTo: servicesBeside(trace.paths, subject),
		changed: changedOf(previous, verdict, now),
		beforeSilence: isSilent ? beforeSilence(previous) : undefined,
	};
}

/** The row with since when its verdict stands. */
export function withSince(row: EntryRow, trace: Trace | undefined, snapshot: Snapshot): EntryRow {
	if (row.changed) {
		return {...row, since: {at: row.changed.at, by: 'seen'}};
	}

	const path = trace && !isPending(trace) ? shownPath(trace) : undefined;
	const at = path && verdictSince(path, snapshot);
	return at === undefined ? row : {...row, since: {at, by: 'conditions'}};
}

/** The path that a row shows: one with the verdict of the whole entry. */
function shownPath({paths, verdict}: Trace): Path | undefined {
	return (
		paths.find((path) => path.verdict === verdict) ??
		paths.find((path) => path.verdict === 'broken') ??
		paths[0]
	);
}

/** How the entry was when it was last known, while a silent cluster makes everything unknown. */
function beforeSilence(previous: EntryRow | undefined): EntryRow['beforeSilence'] {
	if (!previous?.verdict) {
		return undefined;
	}

	return previous.beforeSilence ?? {verdict: previous.verdict, changed: previous.changed};
}

/** Changes closer together than this count as one flapping. Milliseconds. */
const rest = 30_000;
/** Older changes of an entry are not told. */
const mostKept = 9;

function changedOf(previous: EntryRow | undefined, verdict: Verdict, now: number): EntryRow['changed'] {
	// That the cluster was silent for a while is no change of the path.
	const {verdict: was, changed: last} =
		(verdict !== 'unknown' && previous?.beforeSilence) || (previous ?? {});
	if (!was || was === verdict) {
		return last;
	}

	const times = last && now - last.at < rest ? (last.times ?? 1) + 1 : undefined;
	const before = last && [{at: last.at, was: last.was}, ...(last.before ?? [])].slice(0, mostKept);
	return {at: now, was, times, before};
}

/** Findings on different paths have one cause where there is the same to fix, or where the same objects decided them. */
function causeIdOf({code, evidence, access, toFix}: Finding): string {
	// Whatever could not be read, one outage is one cause.
	if (access === 'stale') {
		return code;
	}

	if (toFix) {
		return toFix.map(refText).toSorted().join(' ');
	}

	const objects = new Set(evidence.map(({object}) => object));
	return [code, ...[...objects].toSorted().slice(0, mostObjects)].join(' ');
}

/** The first few objects tell causes apart, also where there are ten thousand. */
const mostObjects = 5;

function isDecided(trace: Trace, isFrozen: boolean): boolean {
	return trace.paths.length > 0 && (isFrozen || !isPending(trace));
}

/** Only lists that have not arrived yet keep this trace from a verdict. */
function isPending(trace: Trace): boolean {
	return trace.verdict === 'unknown' && findingsOf(trace).some(({access}) => access === 'pending');
}

function findingsOf(trace: Trace): readonly Finding[] {
	return trace.paths.flatMap(({hops}) => hops).flatMap(({findings}) => findings);
}

/** Nothing is wrong but what the person lives with. */
function isIgnored(trace: Trace): boolean {
	const faults = findingsOf(trace).filter(({severity, undecided}) => severity !== 'info' || undecided);
	return trace.verdict !== 'ok' && faults.length > 0 && faults.every(({ignored}) => ignored !== undefined);
}

/** Where one node alone serves a path, a drain of it leaves nothing. */
function onlyNodeOf({hops}: Path): string | undefined {
	const hop = hops.find(({kind, status}) => kind === 'endpoints' && status !== 'skipped');
	const endpoints = hop?.details && 'endpoints' in hop.details ? hop.details.endpoints : [];
	const nodes = new Set(endpoints.filter(({ready}) => ready).map(({node}) => node));
	const [node] = nodes;
	return nodes.size === 1 ? node : undefined;
}

function readiness(
	path: Path,
	previous: EntryRow | undefined,
	isSilent: boolean,
): Pick<EntryRow, 'ready' | 'readyBefore'> {
	// The endpoints that a silent cluster still shows are those of before.
	const ready = isSilent ? undefined : readyOf(path);
	return {ready, readyBefore: ready ? undefined : (previous?.ready ?? previous?.readyBefore)};
}

function readyOf(path: Path): EntryRow['ready'] {
	for (const hop of path.hops) {
		if (hop.kind === 'endpoints' && hop.details && 'endpoints' in hop.details && hop.status !== 'skipped') {
			const lasting = hop.details.endpoints.filter(({terminating}) => !terminating);
			return {ready: lasting.filter(({ready}) => ready).length, total: lasting.length};
		}
	}

	return undefined;
}
