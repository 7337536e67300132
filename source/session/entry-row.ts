import type {Snapshot} from '../model/snapshot.ts';
import {verdictSince} from '../path/verdict-since.ts';
import type {Finding} from '../path/finding.ts';
import type {Path, Trace} from '../path/report.ts';
import type {Entry} from '../path/report.ts';
import type {EntryRow} from './state.ts';

/** The line of an entry, from what its walk said. `previous`: what it was, and when it last changed. */
export function entryRow(
	entry: Entry,
	trace: Trace | undefined,
	previous: EntryRow | undefined,
	now: number,
): EntryRow {
	const {id, title, namespace, target, subject} = entry;
	const row = {id, title, namespace, target, subject};
	if (!trace || trace.paths.length === 0 || isPending(trace)) {
		return {...row, ...keep(previous)};
	}

	const path = shownPath(trace) ?? trace.paths[0]!;
	const finding = mainFinding(path);
	const ready = readyOf(path);
	const {verdict} = trace;
	const changed =
		previous?.verdict && previous.verdict !== verdict ? {at: now, was: previous.verdict} : previous?.changed;
	return {
		...row,
		verdict,
		symptom: path.symptom,
		brokenAt: path.brokenAt,
		rootCause: finding?.code,
		cause: finding?.message,
		forbidden: finding?.access === 'forbidden' || undefined,
		ready,
		changed,
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

/** The path that a row speaks of: one that is as bad as all together. */
function shownPath({paths, verdict}: Trace): Path | undefined {
	return (
		paths.find((path) => path.verdict === verdict) ??
		paths.find((path) => path.verdict === 'broken') ??
		paths[0]
	);
}

/** While lists are read anew, the last verdict stays: a list that is read is no news about the path. */
function keep(previous: Partial<EntryRow> = {}): Partial<EntryRow> {
	const {verdict, symptom, brokenAt, rootCause, cause, forbidden, ready, changed, since} = previous;
	return {verdict, symptom, brokenAt, rootCause, cause, forbidden, ready, changed, since};
}

/** Nothing but lists that are still to come stands between this trace and a verdict. */
function isPending(trace: Trace): boolean {
	return trace.verdict === 'unknown' && findingsOf(trace).some(({access}) => access === 'pending');
}

function findingsOf(trace: Trace): readonly Finding[] {
	return trace.paths.flatMap(({hops}) => hops).flatMap(({findings}) => findings);
}

/** The finding to name in one line: the root cause; else what is undecided; else the first warning. */
function mainFinding(path: Path): Finding | undefined {
	const findings = path.hops.flatMap(({findings}) => findings);
	return (
		findings.find(({code}) => code === path.rootCause) ??
		findings.find(({severity}) => severity === 'error') ??
		findings.find(({undecided}) => undecided) ??
		findings.find(({severity}) => severity === 'warning')
	);
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
