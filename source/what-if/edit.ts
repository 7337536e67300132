import type {AnyObject, Kind} from '../model/kinds.ts';

/** What somebody may do to a cluster. */
export type Edit =
	/** `kubectl apply`: `object` is what a manifest says, without what a server adds. */
	| {readonly type: 'apply'; readonly kind: Kind; readonly object: AnyObject}
	| {readonly type: 'delete'; readonly kind: Kind; readonly namespace: string; readonly name: string}
	| {
			readonly type: 'scale';
			readonly kind: ScalableKind;
			readonly namespace: string;
			readonly name: string;
			readonly replicas: number;
	  }
	/** `kubectl drain`: its pods go, and none of them is anywhere else yet. */
	| {readonly type: 'drain'; readonly node: string};

export type ScalableKind = 'Deployment' | 'StatefulSet' | 'ReplicaSet';
