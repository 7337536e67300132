import type {Kind, KindMap} from './kinds.ts';
import type {KindState} from './snapshot.ts';

/**
What a reflector, a file or a recording tells a store. `scope` is a namespace for lists made per namespace, and absent
for cluster-wide ones. Between `init` and `init-done` objects are held back; the swap is atomic (kube-rs watcher::Event).
*/
export type WatchEvent =
	| {readonly type: 'init' | 'init-done'; readonly kind: Kind; readonly scope?: string}
	| {
			readonly type: 'delete';
			readonly kind: Kind;
			readonly scope?: string;
			readonly namespace: string;
			readonly name: string;
	  }
	| {readonly type: 'state'; readonly kind: Kind; readonly scope?: string; readonly state: KindState}
	| ObjectEvent;

type ObjectEvent = {
	[K in Kind]: {
		readonly type: 'init-apply' | 'apply';
		readonly kind: K;
		readonly scope?: string;
		readonly object: KindMap[K];
	};
}[Kind];
