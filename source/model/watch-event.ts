import type {KindMap} from './kind-map.ts';
import type {Kind} from './kinds.ts';
import type {KindState} from './snapshot.ts';

/**
What a list-watch, a file or a recording tells a store. Between `init` and `init-done` the store holds objects back; the
swap is atomic (kube-rs watcher::Event). A state in which nothing is held lets go what the list-watch told of.
*/
export type WatchEvent =
	| (ListWatch & {readonly type: 'init' | 'init-done'; readonly kind: Kind})
	| (ListWatch & {
			/** `init-delete`: taken out of a list that is not whole yet. */
			readonly type: 'init-delete' | 'delete';
			readonly kind: Kind;
			readonly namespace: string;
			readonly name: string;
			readonly uid?: string;
			readonly resourceVersion?: string;
	  })
	| (ListWatch & {readonly type: 'state'; readonly kind: Kind; readonly state: KindState})
	| ObjectEvent;

/** Which list-watch of the kind is meant. */
type ListWatch = {
	/** The namespace, for one made per namespace; absent for a cluster-wide one. */
	readonly scope?: string;
	/** Its field selector, where the objects of a scope are read by several list-watches. */
	readonly selector?: string;
};

type ObjectEvent = {
	[K in Kind]: ListWatch & {
		readonly type: 'init-apply' | 'apply';
		readonly kind: K;
		readonly object: KindMap[K];
	};
}[Kind];
