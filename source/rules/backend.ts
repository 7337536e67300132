import type {Labels} from '../model/meta.ts';
import type {ObjectRef} from '../model/ref.ts';

/** A backend that a rule chose. */
export type RoutedBackend = RouteBackendDetails & {
	/** How the rule names the Service port; absent: no port (ExternalName, the only port). */
	readonly servicePort?: {readonly name?: string; readonly number?: number};
	/** An annotation makes the controller send to the Service's address, through kube-proxy, although it usually does not. */
	readonly throughProxy?: boolean;
	readonly subset?: Subset;
};

/** Those pods of a Service alone that have these labels. */
export type Subset = {
	readonly name: string;
	readonly labels: Labels;
	/** Where it stands. */
	readonly object: ObjectRef;
};

export type RouteBackendDetails = {
	readonly kind: string;
	readonly namespace: string;
	readonly name: string;
	readonly port?: number | string;
	readonly weight: number;
	/** 0 to 1. */
	readonly share: number;
};
