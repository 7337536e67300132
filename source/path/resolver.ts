import type {Pod} from '../model/pod.ts';
import type {ObjectRef} from '../model/ref.ts';
import type {Service} from '../model/service.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {EndpointDetails, RouteBackendDetails} from './details.ts';
import type {Hop, HopKind, Symptom} from './hop.ts';
import type {HttpRequest, Source} from './target.ts';

/**
Why a request goes no further at a hop. The walk turns it into the symptom that the client sees, which depends on who
answers: kube-proxy refuses, a controller in front answers 503.
*/
export type Stop =
	/** The name has no record. */
	| 'nxdomain'
	| 'no-address'
	| 'dns-failure'
	/** No rule of the controller takes the request. */
	| 'no-rule'
	/** The rule names a Service, or a port of it, that does not exist. */
	| 'no-backend'
	/** A reference that Gateway API does not grant or cannot resolve. */
	| 'invalid-backend'
	/** Nothing behind the Service takes requests. */
	| 'no-endpoints'
	/** Nothing listens, or something answers with RST. */
	| 'refused'
	/** Packets vanish. */
	| 'dropped'
	| 'unreachable'
	| 'tls-error'
	/** Nobody serves the entry at all: who answers is not known. */
	| 'nobody';

/** Given to every resolver. */
export type Visit = {
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
	readonly depth: 'overview' | 'full';
};

/** A hop, and why the request stops there, when it does. */
export type Resolved<K extends HopKind> = {readonly hop: Hop<K>; readonly stop?: Stop};

/** The pure function of one hop. */
export type Resolver<K extends HopKind, Input, Output extends Resolved<K> = Resolved<K>> = {
	readonly kind: K;
	resolve(visit: Visit, input: Input): Output;
};

/** How a request comes to a Service. */
export type Entrance = 'cluster-ip' | 'node-port' | 'load-balancer' | 'external-ip';

/** What runs the rules of an IngressClass or GatewayClass, as far as objects show it. */
export type Controller = {
	/** For example `Traefik`; the controller value where knet does not know it. */
	readonly implementation: string;
	/** Which matching rules it follows. */
	readonly profile: IngressProfile;
	readonly controllerName: string;
	readonly className: string;
	/** Runs outside the cluster, by a cloud (GKE, ALB, AGIC): nothing to see inside. */
	readonly managed: boolean;
	readonly workload?: ObjectRef;
	readonly pods: readonly Pod[];
	/** Services that expose its pods; those with an external address first. */
	readonly services: readonly Service[];
	/** It sends to endpoints itself, past kube-proxy. Undefined: not known. */
	readonly bypassesProxy?: boolean;
	/**
	By which condition of an endpoint it chooses, where it does so itself: `serving` and not terminating, `ready` without a
	fallback, or `ready` only where the condition is there. Absent: not known, as kube-proxy does.
	*/
	readonly chooses?: 'ready' | 'serving' | 'ready-said';
	/** What the client gets when something behind it fails. Absent: not known for this controller. */
	readonly answers: Partial<Record<Stop, Symptom>>;
	/** Flags read from its workload, by name without dashes, lower case; the value is '' for a bare flag. */
	readonly flags: Readonly<Record<string, string>>;
	/** Settings that could not be read and were assumed. */
	readonly assumed: readonly string[];
};

/** `spec`: the API's plain rules, for controllers whose own are not known. */
export type IngressProfile = 'spec' | 'conformance' | 'ingress-nginx' | 'traefik';

/** A backend that a rule chose. */
export type RoutedBackend = RouteBackendDetails & {
	/** How the rule names the Service port; absent: no port (ExternalName, the only port). */
	readonly servicePort?: {readonly name?: string; readonly number?: number};
	/** An annotation makes the controller send to the Service's address, through kube-proxy, although it usually does not. */
	readonly throughProxy?: boolean;
};

/** One endpoint of a Service port, with what is known of it. */
export type ResolvedEndpoint = EndpointDetails & {
	readonly podObject?: Pod;
	readonly forZones?: readonly string[];
	readonly forNodes?: readonly string[];
	readonly family: 'IPv4' | 'IPv6' | 'FQDN';
	/** The slice does not say whether it is ready, which then counts as ready. */
	readonly readyUnsaid?: true;
};
