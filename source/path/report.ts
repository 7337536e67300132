import type {IpFamily} from '../model/services/service.ts';
import type {ObjectRef} from '../model/ref.ts';
import type {Hop, Verdict} from './hop.ts';
import type {HopKind} from './hop-kind.ts';
import type {HttpRequest, Source} from '../model/request.ts';
import type {Symptom} from '../rules/stop.ts';

/** One way from a source to an end, judged on its own. */
export type Path = {
	readonly title: string;
	/** What is asked for, where the path is one of HTTP. Not printed: a header may hold a token. */
	readonly request?: HttpRequest;
	readonly verdict: Verdict;
	readonly brokenAt?: HopKind;
	readonly symptom?: Symptom;
	/** Code of the finding whose fix fixes the path. */
	readonly rootCause?: string;
	/** Share of the entry's requests that take this path, 0 to 1, where it is not all. */
	readonly share?: number;
	/** Of a dual-stack Service, whose clients use either. */
	readonly family?: IpFamily;
	/** Where the path starts, where a target is judged from several places. */
	readonly from?: Source;
	readonly hops: readonly Hop[];
};

/** The result of a walk: the paths of a target, and the worst of their verdicts. */
export type Trace = {
	readonly target: {readonly kind: string; readonly text: string; readonly namespace?: string};
	readonly from: Source;
	readonly verdict: Verdict;
	readonly paths: readonly Path[];
	/** What was not checked of paths that are ok or degraded. */
	readonly notChecked: readonly string[];
	/** Entries whose rules lead to the Service asked for. */
	readonly routedBy?: readonly string[];
};

/** Something a person can pick: an Ingress host and path, a route's host and path, a Service port. */
export type Entry = {
	/** Stable over changes of the cluster: what a cursor holds on to. */
	readonly id: string;
	readonly title: string;
	readonly namespace: string;
	/** The target text that traces it. */
	readonly target: string;
	readonly subject: ObjectRef;
};
