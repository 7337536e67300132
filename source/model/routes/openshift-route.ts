import type {Condition, Meta} from '../meta.ts';

/** Source: openshift/api of 2026-08-22, route/v1/types.go. */
export type OpenShiftRoute = Meta & {
	readonly host: string;
	/** '' or the beginning of a path. */
	readonly path: string;
	readonly wildcardPolicy: 'None' | 'Subdomain';
	/** `to` first, then `alternateBackends`. */
	readonly backends: readonly OpenShiftBackend[];
	/** `port.targetPort`: a port of the pods by number, or of the Service by name. */
	readonly targetPort?: number | string;
	readonly tls?: {
		readonly termination: string;
		/** What happens to http. */
		readonly insecurePolicy: string;
		/** The Secret of its certificate, where that is not in the Route itself. */
		readonly externalCertificate?: string;
	};
	/** One entry for each router that looked at it. */
	readonly ingress: readonly {
		readonly routerName: string;
		readonly host: string;
		readonly canonicalHostname: string;
		readonly conditions: readonly Condition[];
	}[];
};

export type OpenShiftBackend = {
	readonly kind: string;
	readonly name: string;
	/** 0 to 256; 100 where none is given. */
	readonly weight: number;
};
