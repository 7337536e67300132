import type {Kind, KindMap} from './kinds.ts';
import type {KindState} from './snapshot.ts';

/**
What a reflector, a file or a recording tells a store. `scope` is a namespace for lists made per namespace, and absent
for cluster-wide ones. Between `init` and `init-done` objects are held back; the swap is atomic (kube-rs watcher::Event).
*/
export type WatchEvent = {
	[K in Kind]:
		| {readonly type: 'init'; readonly kind: K; readonly scope?: string}
		| {readonly type: 'init-apply'; readonly kind: K; readonly scope?: string; readonly object: KindMap[K]}
		| {readonly type: 'init-done'; readonly kind: K; readonly scope?: string}
		| {readonly type: 'apply'; readonly kind: K; readonly scope?: string; readonly object: KindMap[K]}
		| {
				readonly type: 'delete';
				readonly kind: K;
				readonly scope?: string;
				readonly namespace: string;
				readonly name: string;
		  }
		| {readonly type: 'state'; readonly kind: K; readonly scope?: string; readonly state: KindState};
}[Kind];
