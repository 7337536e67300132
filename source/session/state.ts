import type {Kind} from '../model/kinds.ts';
import type {ProbeState, ProbeTurn} from './probes/probe-state.ts';
import type {ObjectLook, ObjectText} from './object-look.ts';
import type {Crossing} from '../path/walk/service/crossing.ts';
import type {Guide} from '../model/guide.ts';
import type {Playback} from '../model/playback.ts';
import type {ObjectRef} from '../model/ref.ts';
import type {Retry} from '../model/retry.ts';
import type {KindState} from '../model/snapshot.ts';
import type {HopStatus, Verdict} from '../path/hop.ts';
import type {HopKind} from '../path/hop-kind.ts';
import type {ClusterPart} from '../path/cluster-part.ts';
import type {Trace} from '../path/report.ts';
import type {RequestedSource, TraceOptions} from '../model/request.ts';
import type {Matrix} from '../path/walk/matrix.ts';
import type {FieldChange} from '../history/change.ts';
import type {Who} from '../history/who.ts';
import type {Symptom} from '../rules/stop.ts';

/** Everything a view needs, immutable and structured-clonable: what crosses from the worker thread. */
export type SessionState = {
	readonly source: SourceInfo;
	/** The worker has not opened the source yet: only what the flags say of it is known. */
	readonly isOpening?: boolean;
	/** The namespace whose entries are listed; absent: all namespaces. */
	readonly namespace?: string;
	/** One row a kind that is or was wanted, in alphabetical order. */
	readonly kinds: readonly KindRow[];
	/** In order of namespace and title; a view sorts. */
	readonly entries: readonly EntryRow[];
	/** False until the kinds that give entries are synced (or known to be out of reach). */
	readonly entriesKnown: boolean;
	readonly selected?: Selected;
	/** The parts of the cluster that every path may rest on; empty until they are known. */
	readonly cluster: readonly ClusterPart[];
	/** How requests are made, where the person chose. */
	readonly traceOptions: TraceOptions;
	readonly contexts: readonly ContextRow[];
	/** Names of namespaces, sorted; empty when they may not be listed. */
	readonly namespaces: readonly string[];
	/** Sentences about the session itself: a context that cannot be used, a namespace that does not exist. */
	readonly notices: readonly SessionNotice[];
	readonly probe: ProbeState;
	/** Of a probe that is repeated while its path is looked at: oldest first. */
	readonly probeTurns?: readonly ProbeTurn[];
	/** An object that is looked at: its YAML, events or log. */
	readonly lookedAt?: LookedAt;
	/** Of a cluster that does not answer: how often it was tried, and when it is tried next. */
	readonly retry?: Retry;
	/** Of a cluster that has fallen silent: when it was heard last, in milliseconds. Absent while it answers. */
	readonly heardAt?: number;
	/** How many entries were broken in the last half hour, by namespace, oldest first; undefined where nobody looked. */
	readonly broken?: Readonly<Record<string, readonly (number | undefined)[]>>;
	/** What is remembered of the last hour; absent before the first look. */
	readonly history?: HistoryInfo;
	/** Of a recording: how it plays. */
	readonly playback?: Playback;
	/** Entries and path are those of an earlier time. */
	readonly past?: Past;
	/** Entries and path are those of a cluster that was edited in thought. */
	readonly supposition?: Supposition;
	/** The target that is looked at, from everywhere; absent where nobody wants to see that. */
	readonly matrix?: Matrix;
	/** Entries whose paths cross a pod or a node; absent where nobody asked. */
	readonly crossing?: Crossing;
	/** What happened while the person looked elsewhere; absent when nothing did, or it was seen. */
	readonly away?: Away;
	/** Milliseconds since the epoch of the newest recomputation. */
	readonly at: number;
	/** The worker thread is not there: everything above is as of `since` (milliseconds). */
	readonly outage?: {readonly since: number; readonly reason: string};
};

/** Where the objects come from. */
export type SourceInfo = {
	readonly kind: 'live' | 'file' | 'demo' | 'recording';
	readonly context?: string;
	readonly cluster?: string;
	/** URL of the API server, without credentials. */
	readonly server?: string;
	readonly user?: string;
	/** TLS is not verified: said on every screen. */
	readonly insecure?: boolean;
	/** File names, for `file` and `recording`. */
	readonly files?: readonly string[];
	/** Of the demo: what a person wants to know, and the keys that show it. */
	readonly guide?: Guide;
	/** Of files: a line for each document that was left out. */
	readonly leftOut?: readonly string[];
	/** Of files: objects of kinds that knet does not follow; '' for what has no kind. */
	readonly unfollowed?: readonly {readonly kind: string; readonly count: number}[];
};

export type KindRow = {
	readonly kind: Kind;
	readonly state: KindState;
	/** Objects held. */
	readonly count: number;
	/** Forbidden elsewhere, but listed in the namespace that is looked at. */
	readonly isListedHere?: boolean;
};

/** One line of the list of entries: what the overview walk said. */
export type EntryRow = {
	/** Of the entry (path/report.ts): what a cursor holds on to. */
	readonly id: string;
	readonly title: string;
	readonly namespace: string;
	/** The target text that traces it. */
	readonly target: string;
	readonly subject: ObjectRef;
	/** Of its object; absent without any. */
	readonly labels?: Readonly<Record<string, string>>;
	/** Absent until it was walked once. */
	readonly verdict?: Verdict;
	readonly symptom?: Symptom;
	readonly brokenAt?: HopKind;
	/** Code of the finding whose fix fixes the path. */
	readonly rootCause?: string;
	/** Not known: a list that is needed was refused. */
	readonly forbidden?: boolean;
	/** Code of the root cause and the objects that decided it: the same for entries that one fix heals. */
	readonly causeId?: string;
	/** `selector-matches-no-pods`. */
	readonly causeName?: string;
	/** All that is wrong is ignored by the configuration or a flag. */
	readonly ignored?: boolean;
	/** Ready endpoints of all, where endpoints were counted. */
	readonly ready?: {readonly ready: number; readonly total: number};
	/** The node that all ready endpoints are on: a drain of it leaves none. */
	readonly onlyNode?: string;
	/** Services on the way besides its own, as `namespace/name`. */
	readonly leadsTo?: readonly string[];
	/** How `ready` was when it was last known, where it is not known now. */
	readonly readyBefore?: {readonly ready: number; readonly total: number};
	/** Why, in one sentence: the root cause's message; absent when there is nothing to say. */
	readonly cause?: string;
	/** Since when the verdict stands; absent where nothing says so. */
	readonly since?: Since;
	/** Absent while it never changed. */
	readonly changed?: VerdictChange & {
		/** How often without a rest between. */
		readonly times?: number;
		/** The changes before, newest first. */
		readonly before?: readonly VerdictChange[];
	};
	/** How it was before the cluster went silent, while nothing is known. */
	readonly beforeSilence?: Pick<EntryRow, 'verdict' | 'changed'>;
};

/** Milliseconds, and the verdict that it had before. */
type VerdictChange = {readonly at: number; readonly was: Verdict};

/** `seen`: knet saw it change. `conditions`: it was so when knet came, and the objects say since when. */
export type Since = {readonly at: number; readonly by: 'seen' | 'conditions'};

/** The target that is looked at, walked in full. */
export type Selected = {
	/** As given to the `select` action. */
	readonly target: string;
	readonly namespace?: string;
	readonly from?: RequestedSource;
	/** Absent while its first walk is under way. */
	readonly trace?: Trace;
	/** The target cannot be parsed or found: one sentence. */
	readonly error?: string;
	/** By `position of the path/hop kind`: what it was before its last change of status, and when (milliseconds). */
	readonly changes: Readonly<Record<string, HopChange>>;
	/** By position of the path. */
	readonly since?: Readonly<Record<string, Since>>;
	/** By position of the path: the hops that a test would send something to. Absent where there is no cluster to ask. */
	readonly testable?: readonly (readonly HopKind[])[];
	/** What happened in the last hour to the objects that it was decided from, newest first. */
	readonly objectChanges?: readonly ToldChange[];
};

/** A change of an object: `image v41 → v42`, and who made it, where the API server says so. */
export type ToldChange = {
	readonly id: number;
	/** When knet saw it. */
	readonly at: number;
	readonly object: ObjectRef;
	readonly type: 'added' | 'changed' | 'removed';
	readonly fields: readonly FieldChange[];
	/** From `managedFields`; `at` in the time of the API server. */
	readonly who?: Who;
	/** It was made and taken back again and again: how often, and the last of them, newest first. */
	readonly turns?: {readonly times: number; readonly last: readonly ChangeTime[]};
};

type ChangeTime = Pick<ToldChange, 'id' | 'at'>;

export type HistoryInfo = {
	readonly changes: number;
	/** About. */
	readonly bytes: number;
	readonly mostBytes: number;
	/** How far back it goes: milliseconds. */
	readonly since: number;
	/** Why nobody is named as the one who made a change. */
	readonly whoProblem?: string;
};

/** An earlier time that is looked at. */
export type Past = {
	readonly at: number;
	/** How many moments lie between then and now, and how many are kept. */
	readonly back: number;
	readonly of: number;
	/** What differs between then and now. */
	readonly entries: readonly EntryDifference[];
	/** Of the namespace that is listed, and of the path. */
	readonly objects: readonly ObjectDifference[];
	/** So many others changed since. */
	readonly elsewhere: number;
};

/** What would be after edits. */
export type Supposition = {
	/** As the person asked: `change.yaml`, `drain node-b`. */
	readonly title: string;
	/** What was taken for true and no object says. */
	readonly assumed: readonly string[];
	/** `was`: now; `is`: after the edits. */
	readonly entries: readonly EntryDifference[];
};

export type EntryDifference = {
	readonly id: string;
	readonly title: string;
	readonly namespace: string;
	/** Absent: there was no such entry. */
	readonly was?: Verdict;
	readonly is?: Verdict;
};

export type ObjectDifference = Pick<ToldChange, 'object' | 'type' | 'fields'>;

export type Away = {
	readonly since: number;
	readonly until: number;
	/** Ids of entries that were well before and are broken or degraded now, and the other way round. */
	readonly broke: readonly string[];
	readonly healed: readonly string[];
};

export type HopChange = {readonly at: number; readonly was: HopStatus};

export type ContextRow = {
	readonly name: string;
	readonly cluster?: string;
	readonly namespace?: string;
	readonly current: boolean;
};

export type SessionNotice = {
	readonly id: number;
	readonly at: number;
	readonly severity: 'info' | 'warning' | 'error';
	readonly text: string;
};

export type LookedAt = Pick<ObjectLook, 'what' | 'ref' | 'container' | 'previous'> &
	ObjectText & {readonly phase: 'reading' | 'shown' | 'failed'};
