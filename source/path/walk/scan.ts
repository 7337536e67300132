import {recordReads, statesOf} from '../../model/recording-snapshot.ts';
import type {Kind} from '../../model/kinds.ts';
import {matchesSelector, type LabelSelector} from '../../model/matching/label-selector.ts';
import {hasAnswer, isKnown, type Snapshot} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import {entries} from './entries.ts';
import type {Finding} from '../finding.ts';
import {verdictOrder, type Verdict} from '../hop.ts';
import type {RequestedSource} from '../../model/request.ts';
import type {Entry, Path} from '../report.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {isWithoutSlices} from '../../rules/slices-state.ts';
import {entryDetail} from './entry-detail.ts';
import {notCheckedBy} from './not-checked.ts';
import {outsideOf, withoutWellSides} from './outside-paths.ts';
import {verdictOfAll, worst} from './verdict.ts';
import {walkEntry} from './walk-entry.ts';

type EntryPath = Path & {
	readonly target: {readonly kind: string; readonly text: string; readonly namespace: string};
};

export type Scan = {
	readonly verdict: Verdict;
	readonly paths: readonly EntryPath[];
	/** What the paths that are ok or degraded were not checked for. */
	readonly notChecked: readonly string[];
	/** Why entries may be missing: kinds that could not be listed. */
	readonly findings?: readonly Finding[];
};

/** Every entry of a namespace, or of all, walked as far as the size of the place allows; worst first, else in order of the entries. */
export function scan(snapshot: Snapshot, namespace: string | undefined): Scan {
	return createScanner(namespace).scan(snapshot);
}

type Scanner = {
	readonly scan: (snapshot: Snapshot) => Scan;
	/** Walks some entries of each part of the list: what they read, the others will read as well. */
	readonly sample: (snapshot: Snapshot) => void;
};

/** So many entries tell nearly all that a scan of thousands reads. */
const sampleSize = 40;

/**
A scan in rounds, while lists still arrive: entries that missed nothing when they were walked are not walked again. For
snapshots of one moment; each knows more than the one before.
*/
export function createScanner(namespace: string | undefined, {from, selector}: ScanOptions = {}): Scanner {
	const known = new Map<string, readonly EntryPath[]>();
	let detail: HopContext['detail'] = 'overview';

	function look(snapshot: Snapshot): readonly Entry[] {
		const before = detail;
		detail = entryDetail(snapshot, namespace, before);
		if (detail !== before) {
			known.clear();
		}

		return eachOnce(entries(snapshot, namespace))
			.filter((entry) => selector === undefined || isSelected(snapshot, entry, selector))
			.filter((entry) => from?.kind !== 'external' || leadsInFromOutside(snapshot, entry));
	}

	const walkAll = (snapshot: Snapshot, some: readonly Entry[]): readonly EntryPath[] =>
		some.flatMap((entry) => known.get(entry.id) ?? walkOnce(snapshot, entry, {known, detail, from}));
	return {
		scan: (snapshot) => scanOf(snapshot, namespace, withoutRepeats(walkAll(snapshot, look(snapshot)))),
		sample(snapshot) {
			const all = look(snapshot);
			const step = Math.ceil(all.length / sampleSize);
			walkAll(
				snapshot,
				all.filter((_, index) => index % step === 0),
			);
		},
	};
}

/** The walk of a router's object repeats the requests of its URLs and of the objects that it includes. */
function withoutRepeats(paths: readonly EntryPath[]): readonly EntryPath[] {
	const keyOf = ({title, verdict}: EntryPath) => `${title} ${verdict}`;
	const urls = paths.filter(({target}) => target.kind !== 'router').map(keyOf);
	const seen = new Set(urls);
	return paths.filter((path) => {
		const key = keyOf(path);
		return path.target.kind !== 'router' || (!seen.has(key) && Boolean(seen.add(key)));
	});
}

type ScanOptions = {
	readonly from?: RequestedSource;
	/** Of the object that an entry stands for. */
	readonly selector?: LabelSelector;
};

function isSelected(snapshot: Snapshot, {subject}: Entry, selector: LabelSelector): boolean {
	const object = snapshot.get(subject.kind as Kind, subject.namespace ?? '', subject.name);
	return matchesSelector(selector, object?.labels ?? {});
}

/** Entries that no URL stands for share the target of their route, whose walk has the paths of all of them. */
function eachOnce(all: readonly Entry[]): readonly Entry[] {
	const byTarget = new Map(all.toReversed().map((entry) => [`${entry.namespace} ${entry.target}`, entry]));
	return all.filter((entry) => byTarget.get(`${entry.namespace} ${entry.target}`) === entry);
}

/** A client outside has no way to a ClusterIP Service, and no trouble with it. */
function leadsInFromOutside(snapshot: Snapshot, {subject: {kind, namespace = '', name}}: Entry): boolean {
	return kind !== 'Service' || outsideOf(snapshot.get('Service', namespace, name)).length > 0;
}

type Round = {
	readonly known: Map<string, readonly EntryPath[]>;
	readonly detail: HopContext['detail'];
	readonly from?: RequestedSource;
};

function walkOnce(snapshot: Snapshot, entry: Entry, {known, ...options}: Round): readonly EntryPath[] {
	const recording = recordReads(snapshot);
	const paths = pathsOf(recording.snapshot, entry, options);
	if (statesOf(snapshot, recording.reads).every(hasAnswer)) {
		known.set(entry.id, paths);
	}

	return paths;
}

function scanOf(snapshot: Snapshot, namespace: string | undefined, paths: readonly EntryPath[]): Scan {
	const findings = unseen(snapshot, namespace, paths.length === 0);
	const byTarget = Map.groupBy(paths, ({target}) => `${target.namespace} ${target.text}`);
	const verdicts = [
		...[...byTarget.values()].flatMap((each) => verdictOfAll(each) ?? []),
		...findings.map(() => 'unknown' as const),
	];
	return {
		verdict: worst(verdicts) ?? 'ok',
		paths: paths.toSorted((a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict)),
		notChecked: [...notCheckedBy(paths), ...inferredFor(snapshot)],
		findings: findings.length > 0 ? findings : undefined,
	};
}

/** What every path rests on that a file without EndpointSlices does not hold. */
function inferredFor(snapshot: Snapshot): readonly string[] {
	return isWithoutSlices(snapshot.state('EndpointSlice')) && isKnown(snapshot.state('Pod'))
		? ['EndpointSlices, which the input does not hold: endpoints are inferred from selectors and pods']
		: [];
}

/** Kinds whose entries are missing because they may not be listed: that nothing was found proves nothing then. */
function unseen(snapshot: Snapshot, namespace: string | undefined, isEmpty: boolean): readonly Finding[] {
	return (['Service', 'Ingress'] as const).flatMap((kind) => {
		const state = snapshot.state(kind, namespace);
		// Manifests need not hold every kind. Only where they hold no entry at all is it said.
		const matters = state.state === 'absent' ? isEmpty : !isKnown(state);
		return (matters ? accessFinding(kind, namespace, state) : undefined) ?? [];
	});
}

function pathsOf(snapshot: Snapshot, entry: Entry, options: Omit<Round, 'known'>): readonly EntryPath[] {
	const {target: text, namespace} = entry;
	const trace = walkEntry(snapshot, entry, options);
	const paths = trace?.paths ?? [];
	return (options.from === undefined ? withoutWellSides(paths) : paths).map((path) => ({
		...path,
		target: {kind: trace?.target.kind ?? '', text, namespace},
	}));
}
