import type {Meta} from '../meta.ts';

/** Of Traefik. Source: traefik/traefik 3.6, pkg/provider/kubernetes/crd/traefikio/v1alpha1. */
export type IngressRoute = Meta & {
	/** `apiVersion`: the older group is read by Traefik 2 alone. */
	readonly api: string;
	readonly className?: string;
	readonly entryPoints: readonly string[];
	readonly routes: readonly TraefikRoute[];
	readonly tls?: RouteTls;
	/** Its routes are asked behind those of other IngressRoutes. */
	readonly hasParents: boolean;
};

/** IngressRouteTCP: the same without parents. */
export type IngressRouteTcp = Omit<IngressRoute, 'hasParents'>;

type RouteTls = {
	readonly secretName: string;
	readonly passthrough: boolean;
	/** A TLSOption, or one of another provider. */
	readonly options?: NameInNamespace;
	/** It has a certificate made for the host. */
	readonly certResolver?: string;
};

/** How TLS is spoken with clients. */
export type TlsOption = Meta & {
	readonly api: string;
	/** Hosts that no certificate is for are refused. */
	readonly sniStrict: boolean;
	/** `RequireAndVerifyClientCert` and its kin; '' for the default. */
	readonly clientAuthType: string;
	/** Secrets with the authorities of clients' certificates. */
	readonly clientSecrets: readonly string[];
};

/** Only the one named `default` counts. */
export type TlsStore = Meta & {
	/** Secrets of its certificates beside the default one. */
	readonly secretNames: readonly string[];
};

export type TraefikRoute = {
	/** The rule: ``Host(`a`) && PathPrefix(`/b`)``. */
	readonly match: string;
	/** `Rule`, or empty. */
	readonly kind: string;
	/** 0: by the length of the rule. */
	readonly priority: number;
	/** `v2` or `v3`; empty: as the program has it. */
	readonly syntax: string;
	readonly services: readonly TraefikServiceRef[];
	readonly middlewares: readonly NameInNamespace[];
};

export type NameInNamespace = {readonly namespace?: string; readonly name: string};

export type TraefikServiceRef = NameInNamespace & {
	/** `Service` or `TraefikService`. */
	readonly kind: string;
	readonly port?: number | string;
	readonly weight?: number;
	readonly nativeLb?: boolean;
	readonly scheme?: string;
	/** How Traefik connects to its pods. */
	readonly serversTransport?: string;
	/** Names of fields that may change where requests go, and that are not followed. */
	readonly unread: readonly string[];
};

export type TraefikService = Meta & {
	readonly type: 'weighted' | 'mirroring' | 'highestRandomWeight' | 'failover' | 'none';
	/** Only the main one of a mirroring or a failover. */
	readonly services: readonly TraefikServiceRef[];
};

export type Middleware = Meta & {
	/** The first field of its spec: `stripPrefix`. '' for none. */
	readonly type: string;
	/** Prefixes, paths, ranges or patterns of it, as far as they change a path, a scheme or an answer. */
	readonly values: readonly string[];
	/** Of a redirect: scheme, port and whether it is for good; of a pattern: its replacement. */
	readonly scheme?: string;
	readonly port?: string;
	readonly permanent: boolean;
	readonly replacement?: string;
	/** Of a chain. */
	readonly middlewares: readonly NameInNamespace[];
};
