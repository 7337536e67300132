import type {ObjectRef} from '../model/ref.ts';
import type {Finding} from './finding.ts';
import type {Details} from './details.ts';
import type {HopKind} from './hop-kind.ts';

/** Of a path: whether a request gets through. `degraded`: some do, or will stop soon. */
export type Verdict = 'ok' | 'degraded' | 'broken' | 'unknown';

/** Of a hop: a verdict, or `skipped` where the hop does not apply or lies behind the break. */
export type HopStatus = Verdict | 'skipped';

/** The worst first: the one order of lists, sums and whole traces. */
export const verdictOrder: readonly HopStatus[] = ['broken', 'degraded', 'unknown', 'ok', 'skipped'];

/** One step of a path: its subject, what was decided there and from what. This is also its form in the JSON report. */
export type Hop<K extends HopKind = HopKind> = {
	readonly kind: K;
	readonly status: HopStatus;
	/** What the status rests on: objects (a prediction), or evidence that was gathered. */
	readonly basis: 'objects' | 'evidence';
	readonly subject?: ObjectRef;
	/** One line, at most about 60 characters, without the subject's kind. */
	readonly summary: string;
	/** Skipped because a hop before it stops the request, which would pass here otherwise. */
	readonly isBehindBreak?: true;
	readonly findings: readonly Finding[];
	readonly details?: Details[K];
	/** What this hop did not look at, in a few words each: `policies of Calico (3)`. Said once at the end of an ok. */
	readonly notChecked?: readonly string[];
};
