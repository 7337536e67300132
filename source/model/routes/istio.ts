import type {Labels, Meta} from '../meta.ts';

/** networking.istio.io Gateway: what the proxies that its selector takes listen to. Source: istio/api of 2026-07-21, networking/v1alpha3/gateway.proto. */
export type IstioGateway = Meta & {
	/** Labels of the gateway's pods, in any namespace. Absent: every gateway takes it. */
	readonly selector?: Labels;
	readonly servers: readonly IstioServer[];
};

export type IstioServer = {
	/** The port of a Service of the gateway, or else of its pods. */
	readonly port: {readonly number: number; readonly name: string; readonly protocol: string};
	/** `host`, or `namespace/host`: which namespace's VirtualServices. */
	readonly hosts: readonly string[];
	/** An address of the proxy. '' for any. */
	readonly bind: string;
	readonly tls?: {
		readonly mode: string;
		readonly httpsRedirect: boolean;
		readonly credentialNames: readonly string[];
	};
};

/** What the sidecars of a namespace know, and where they send the rest. Source: istio/api of 2026-07-21, networking/v1alpha3/sidecar.proto. */
export type Sidecar = Meta & {
	/** Absent: all pods of the namespace, or of the mesh in its root namespace. */
	readonly workloadSelector?: Labels;
	/** Empty: everything that is exported. `port`: the listener is for that port alone. */
	readonly egress: readonly {readonly port?: number; readonly hosts: readonly string[]}[];
	/** Absent: as the mesh has it. */
	readonly outbound?: string;
};

/** The hosts that it takes into the registry of the mesh, and who sees them. */
export type ServiceEntry = Meta & {
	/** '' for any host. */
	readonly hosts: readonly string[];
	/** Empty: as the mesh has it, usually everywhere. */
	readonly exportTo: readonly string[];
};

/**
A machine outside the cluster that a Service selects by its labels, as it does pods (istio.io, WorkloadEntry). They are merged from
metadata, which counts first, and spec (istio/istio, serviceregistry/serviceentry).
*/
export type WorkloadEntry = Meta & {readonly address: string};

/** Source: istio/api of 2026-07-21, networking/v1alpha3/virtual_service.proto. */
export type VirtualService = Meta & {
	readonly hosts: readonly string[];
	/** Empty: `mesh`, the sidecars. */
	readonly gateways: readonly string[];
	/** Empty: as the mesh has it, usually everywhere. */
	readonly exportTo: readonly string[];
	readonly http: readonly IstioHttpRoute[];
	readonly tls: readonly IstioTlsRoute[];
	readonly tcp: readonly IstioTcpRoute[];
};

/** `present`: any value. */
export type StringMatch = {readonly type: 'exact' | 'prefix' | 'regex' | 'present'; readonly value: string};

type NamedMatch = StringMatch & {readonly name: string};

/** Every part that is there must hold. */
export type IstioHttpMatch = {
	readonly uri?: StringMatch;
	readonly scheme?: StringMatch;
	readonly method?: StringMatch;
	readonly authority?: StringMatch;
	readonly headers: readonly NamedMatch[];
	readonly withoutHeaders: readonly NamedMatch[];
	readonly queryParams: readonly NamedMatch[];
	readonly ignoreUriCase: boolean;
	/** Of the Gateway's server. */
	readonly port?: number;
	readonly sourceLabels: Labels;
	readonly sourceNamespace: string;
	readonly gateways: readonly string[];
};

export type IstioHttpRoute = {
	readonly name: string;
	/** One of them must fit. Empty: all requests. */
	readonly match: readonly IstioHttpMatch[];
	readonly route: readonly IstioDestination[];
	readonly redirect?: {
		readonly uri?: string;
		readonly authority?: string;
		readonly scheme?: string;
		readonly port?: number;
		readonly derivePort?: string;
		readonly code: number;
	};
	/** The status of `directResponse`. */
	readonly directResponse?: number;
	readonly delegate?: {readonly namespace: string; readonly name: string};
	readonly rewrite?: {
		readonly uri?: string;
		readonly authority?: string;
		readonly uriRegexRewrite?: {readonly match: string; readonly rewrite: string};
	};
	readonly timeout?: string;
	readonly fault?: {
		readonly abort?: {readonly status?: number; readonly percentage: number};
		readonly delay?: {readonly fixedDelay: string; readonly percentage: number};
	};
};

export type IstioDestination = {
	readonly host: string;
	readonly subset: string;
	/** Of the Service. */
	readonly port?: number;
	/** 0 where none is given. */
	readonly weight: number;
};

/** A match of `tls` or `tcp`. */
export type IstioStreamMatch = {
	/** Of `tls` alone. */
	readonly sniHosts: readonly string[];
	readonly port?: number;
	readonly gateways: readonly string[];
};

export type IstioTlsRoute = {
	readonly match: readonly IstioStreamMatch[];
	readonly route: readonly IstioDestination[];
};

type IstioTcpRoute = IstioTlsRoute;

/** Source: istio/api of 2026-07-21, networking/v1alpha3/destination_rule.proto. */
export type DestinationRule = Meta & {
	readonly host: string;
	readonly exportTo: readonly string[];
	/** `spec.workloadSelector`: for clients with these labels alone. */
	readonly workloadSelector?: Labels;
	/** `trafficPolicy.tls.mode`; of a port in `portTls`. */
	readonly tlsMode?: string;
	readonly portTls: Readonly<Record<number, string>>;
	/** `connectionPool.http` anywhere in it: `h2UpgradePolicy` UPGRADE, or `useClientProtocol`. */
	readonly mayUseHttp2: boolean;
	readonly subsets: readonly DestinationSubset[];
};

export type DestinationSubset = {
	readonly name: string;
	readonly labels: Labels;
	readonly tlsMode?: string;
};
