import type {Feed} from '../feeds/feed.ts';
import type {ManagedEntry} from '../history/who.ts';
import type {Playback, PlayRequest} from '../model/playback.ts';
import type {Kind} from '../model/kinds.ts';
import type {Evidence} from '../model/evidence.ts';
import type {HopKind} from '../path/hop-kind.ts';
import type {Trace} from '../path/report.ts';
import type {Reader} from '../store/store-types.ts';
import type {ObjectLook, ObjectText} from './object-look.ts';
import type {SourceInfo} from './state.ts';
import type {ProbePlan} from './probes/probe-state.ts';

/** What a session stands on; each context has its own. */
export type DataSource = {
	readonly source: SourceInfo;
	/** The namespace where none is named. */
	readonly namespace: string;
	readonly reader: Reader;
	readonly feed: Feed;
	/** Absent where there is no cluster to ask. */
	readonly prober?: Prober;
	/** Who manages the fields of an object. Absent where there is no cluster to ask. */
	readonly readManagers?: ReadManagers;
	/** Reads what is shown of an object. Absent where there is no cluster to ask. Rejects with a sentence. */
	readonly readObject?: (look: ObjectLook) => Promise<ObjectText>;
	/** Of a recording. */
	readonly player?: SourcePlayer;
	close(): Promise<void>;
};

/** Plays a recording. */
type SourcePlayer = {
	readonly playback: Playback;
	/** Calls back when it stops, goes on, jumps or changes its speed. */
	subscribe(listener: () => void): () => void;
	/** A data source in the place of this one, where the time goes back. */
	act(request: PlayRequest): DataSource | undefined;
};

/** Rejects with a sentence. */
export type ReadManagers = (kind: Kind, namespace: string, name: string) => Promise<readonly ManagedEntry[]>;

/** Makes active checks; their results go into the store as evidence. */
export type Prober = {
	/** What would be sent. Sends nothing. */
	plan(request: ProbeRequest): PlannedProbe;
	/** The hops of each path that something would be sent to. */
	testable(trace: Trace): readonly (readonly HopKind[])[];
};

export type ProbeRequest = {
	readonly trace: Trace;
	/** Position of the path. Absent: all of them. */
	readonly path?: number;
	/** One hop, or the whole path. */
	readonly hop?: HopKind;
};

export type PlannedProbe = {
	readonly plan: ProbePlan;
	/** Sends it. Resolves to a sentence about what came of it, also when it was cancelled. */
	run(options: {
		readonly signal: AbortSignal;
		readonly onProgress: (done: number) => void;
		/** Each result as it comes; the store has it as well. */
		readonly onResult?: (evidence: Evidence) => void;
	}): Promise<string>;
};
