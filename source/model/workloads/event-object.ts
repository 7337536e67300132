import type {Meta} from '../meta.ts';
import type {ObjectRef} from '../ref.ts';

/** A Kubernetes Event (core/v1 or events/v1). */
export type EventObject = Meta & {
	readonly type: 'Normal' | 'Warning';
	readonly reason: string;
	readonly message: string;
	readonly regarding: ObjectRef;
	readonly count: number;
	/** Milliseconds; the newest of series, last and event time. */
	readonly at: number;
};
