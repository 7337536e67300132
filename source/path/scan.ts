import {recordReads, type Reads} from '../model/recording-snapshot.ts';
import {isKnown, type Snapshot} from '../model/snapshot.ts';
import {accessFinding} from './access.ts';
import {entries} from './entries.ts';
import type {Finding} from './finding.ts';
import type {Verdict} from './hop.ts';
import type {Entry, Path} from './report.ts';
import {parseTarget} from './target-text.ts';
import {worst} from './walk/verdict.ts';
import {walk} from './walk/walk.ts';

type EntryPath = Path & {
	readonly target: {readonly kind: string; readonly text: string; readonly namespace: string};
};

export type Scan = {
	readonly verdict: Verdict;
	readonly paths: readonly EntryPath[];
	/** Why entries may be missing: kinds that could not be listed. */
	readonly findings?: readonly Finding[];
};

/** Every entry of a namespace, or of all, walked at overview depth; worst first, else in order of the entries. */
export function scan(snapshot: Snapshot, namespace: string | undefined): Scan {
	return createScanner(namespace)(snapshot);
}

/**
A scan in rounds, while lists still arrive: entries that missed nothing when they were walked are not walked again. For
snapshots of one moment, each of which knows more than the last.
*/
export function createScanner(namespace: string | undefined): (snapshot: Snapshot) => Scan {
	const known = new Map<string, readonly EntryPath[]>();
	return (snapshot) => {
		const paths = entries(snapshot, namespace).flatMap(
			(entry) => known.get(entry.id) ?? walkOnce(snapshot, entry, known),
		);
		return scanOf(snapshot, namespace, paths);
	};
}

function walkOnce(
	snapshot: Snapshot,
	entry: Entry,
	known: Map<string, readonly EntryPath[]>,
): readonly EntryPath[] {
	const recording = recordReads(snapshot);
	const paths = walkEntry(recording.snapshot, entry);
	if (isWhole(snapshot, recording.reads)) {
		known.set(entry.id, paths);
	}

	return paths;
}

/** Whether everything that was read had been listed, or refused. */
function isWhole(snapshot: Snapshot, reads: Reads): boolean {
	return [...reads].every(([kind, places]) =>
		[...places].every((place) => {
			const {state} = snapshot.state(kind, place === '*' || place === '' ? undefined : place);
			return state !== 'connecting' && state !== 'not-watched';
		}),
	);
}

function scanOf(snapshot: Snapshot, namespace: string | undefined, paths: readonly EntryPath[]): Scan {
	const findings = unseen(snapshot, namespace, paths.length === 0);
	const verdicts = [...paths.map(({verdict}) => verdict), ...findings.map(() => 'unknown' as const)];
	const order: readonly Verdict[] = ['broken', 'unknown', 'degraded', 'ok'];
	return {
		verdict: worst(verdicts) ?? 'ok',
		paths: paths.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict)),
		...(findings.length > 0 ? {findings} : {}),
	};
}

/** Kinds whose entries are missing here because nobody may list them: nothing found is then not nothing wrong. */
function unseen(snapshot: Snapshot, namespace: string | undefined, isEmpty: boolean): readonly Finding[] {
	return (['Service', 'Ingress'] as const).flatMap((kind) => {
		const state = snapshot.state(kind, namespace);
		// Manifests need not hold every kind; those without any entry say nothing of a cluster.
		const matters = state.state === 'absent' ? isEmpty : !isKnown(state);
		return (matters ? accessFinding(kind, namespace, state) : undefined) ?? [];
	});
}

function walkEntry(snapshot: Snapshot, {target: text, namespace}: Entry): readonly EntryPath[] {
	const parsed = parseTarget(text);
	if ('problem' in parsed) {
		return [];
	}

	const {paths} = walk(snapshot, {target: parsed.value, namespace, depth: 'overview'});
	return paths.map((path) => ({...path, target: {kind: parsed.value.kind, text, namespace}}));
}
