import type {Snapshot} from '../model/snapshot.ts';
import type {Hop} from './hop.ts';
import type {HopKind} from './hop-kind.ts';
import type {HttpRequest, Source} from '../model/request.ts';
import type {StopReason} from '../rules/stop.ts';

/** Given to every resolver. */
export type HopContext = {
	readonly snapshot: Snapshot;
	/** Where this part of the path starts: the client, or the controller's pods for what lies behind a controller. */
	readonly source: Source;
	/** The client's own address or pod, also behind a controller. */
	readonly client: Source;
	readonly request?: HttpRequest;
	/**
	`overview`: pods are read only where EndpointSlices show trouble (10,000 pods are 66 MB on the wire). `full`: the path
	is being looked at; everything that helps is read.
	*/
	readonly detail: 'overview' | 'full';
};

/** A hop, and why the request stops there, when it does. */
export type HopEvaluation<K extends HopKind> = {
	readonly hop: Hop<K>;
	readonly stop?: StopReason;
	/** The request may also be stopped in another way than `stop`: what would do it is not known. */
	readonly isStopUnknown?: boolean;
};

/** The pure function of one hop. */
export type HopEvaluator<K extends HopKind, Input, Output extends HopEvaluation<K> = HopEvaluation<K>> = {
	readonly kind: K;
	evaluate(hopContext: HopContext, input: Input): Output;
};
