import type {Snapshot} from '../../model/snapshot.ts';
import type {HopContext} from '../hop-evaluator.ts';
import type {ExposureType} from '../../rules/kube-proxy/exposure-type.ts';
import type {Source} from '../../model/request.ts';

/** What a walk is made over. */
export type WalkContext = {
	readonly snapshot: Snapshot;
	readonly from: Source;
	/** Where objects without a namespace are looked for; for URLs, the only namespace whose rules are looked at. */
	readonly namespace?: string;
	readonly detail: 'overview' | 'full';
	/** By which side of a Service a client from outside comes. Absent: by the first that it offers. */
	readonly exposureType?: ExposureType;
};

export function hopContextOf({snapshot, from, detail}: WalkContext): HopContext {
	return {snapshot, source: from, client: from, detail};
}
