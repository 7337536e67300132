import type {Ingress, IngressBackend, IngressPath} from '../../model/routes/ingress.ts';
import type {Labels} from '../../model/meta.ts';
import type {Service} from '../../model/services/service.ts';
import type {HttpRequest} from '../../model/request.ts';
import type {AskedCredentials} from '../credentials.ts';
import type {SourceLists} from '../source-lists.ts';
import type {StopReason} from '../stop.ts';

/** One `host` and `path` of an Ingress, or its default backend (then without positions). */
export type RuleRef = {
	readonly ingress: Ingress;
	/** Positions in `spec.rules` and its `http.paths`, from 0. */
	readonly rule?: number;
	readonly path?: number;
	/** '' matches every host. */
	readonly host: string;
	readonly pathType?: IngressPath['pathType'];
	readonly value?: string;
	readonly backend: IngressBackend;
};

/** What is behind a backend, as the controller of the profile sees it. */
export type BackendState =
	/** `service`: absent where a rule is looked at as it is meant. */
	| {readonly type: 'ready'; readonly service?: Service}
	/** The Service and its port exist; nothing takes requests. */
	| {readonly type: 'empty'}
	| {readonly type: 'no-service'}
	| {readonly type: 'no-port'; readonly service: Service}
	| {readonly type: 'external-name'; readonly service: Service}
	/** Traefik makes no router to it, by what its annotations say. */
	| {readonly type: 'not-routed'; readonly service: Service; readonly why: string}
	| {readonly type: 'resource'}
	| {readonly type: 'unknown'};

/** What a rule's backend is worth; the route resolver answers it from a snapshot. */
export type BackendView = (ingress: Ingress, backend: IngressBackend) => BackendState;

/** The listener of Traefik that a request comes in by. */
export type EntryPoint = {
	/** Absent: not known which one; rules that name entry points are then taken as reachable. */
	readonly name?: string;
	/** Routers on it use TLS without saying so. */
	readonly tls: boolean;
	/** Rules that name no entry point are reachable by it. */
	readonly isDefault: boolean;
	/** It answers every request with a redirect. */
	readonly redirect?: {readonly scheme: string; readonly port?: string; readonly permanent: boolean};
};

export type Middlewares = {
	readonly all: readonly {readonly namespace: string; readonly name: string}[];
	/** Whether one that is not among them is missing. */
	readonly areKnown: boolean;
};

export type RouteInput = {
	readonly request: HttpRequest;
	/** All that the controller serves, of every namespace. */
	readonly ingresses: readonly Ingress[];
	/** Flags of the controller by lower-case name, and keys of its ConfigMap. */
	readonly settings: Readonly<Record<string, string>>;
	/** Of the controller. */
	readonly version?: readonly [number, number, number];
	readonly backendState: BackendView;
	/** The Service that a backend names, where it is there: also where a rule is looked at as it is meant. */
	readonly serviceOf?: (ingress: Ingress, backend: IngressBackend) => Service | undefined;
	/** Hosts of the TLS entries that are served, lower case, as they are written. */
	readonly secureHosts?: ReadonlySet<string>;
	/** Traefik only. */
	readonly entryPoint?: EntryPoint;
	/** The port of the proxy's pods that the request comes to, where it is known. */
	readonly proxyPort?: () => number | undefined;
	/** Traefik only: the Middleware objects, read where an annotation names one. */
	readonly middlewares?: () => Middlewares;
	/** Labels of the pods behind a Service, read where an annotation chooses among them. Undefined: not known. */
	readonly podLabelsOf?: (service: Service) => readonly Labels[] | undefined;
};

export type WeightedRule = {readonly rule: RuleRef; readonly weight: number; readonly share: number};

export type Redirect = {
	readonly scheme: string;
	readonly host?: string;
	readonly status: number;
	readonly location: string;
};

/** What the controller does with the request. */
export type RouteDecision = {
	/** The rule that takes the request. Absent: none does. */
	readonly matched?: RuleRef;
	/** True when `matched` is a default backend. */
	readonly isDefault: boolean;
	/** The matched rule's backend, and others that share its traffic. */
	readonly backends: readonly WeightedRule[];
	readonly redirect?: Redirect;
	/** The path that the backend gets to see, where it is rewritten; or the expression that decides it and could not be read. */
	readonly upstreamPath?: string | {readonly unread: string};
	/** Rules that match too and lose, and rules left out because of their backend. */
	readonly losers: readonly {
		readonly rule: RuleRef;
		readonly why: string;
		readonly shadowed?: boolean;
		readonly remedy?: string;
		/** One of both rules asks more of a request: they share a host and path on purpose. */
		readonly isMeant?: true;
	}[];
	/** Rules of equal rank: which one wins is not defined. */
	readonly tied: readonly RuleRef[];
	/** What the controller answers by itself: nothing matched, or nothing is behind the match. */
	readonly status?: number;
	/**
	Why the request ends where no rule takes it: `tls-error` where the controller ends the handshake, `nobody` where the load balancer
	has no listener for the port. Absent: what the controller answers then by its record.
	*/
	readonly stopWithoutRule?: StopReason;
	/** The annotation of the matched Ingress that sets this answer. */
	readonly setBy?: string;
	/** The rule is there for this answer: no Service stands in it. */
	readonly namesNoService?: true;
	/** The Service that has this annotation, where it is not the Ingress. */
	readonly setOn?: Service;
	/** The TLS of the client is passed on to the backend unopened. */
	readonly passesTls?: true;
	/** What the client has to show before the backend is asked. */
	readonly asked?: AskedCredentials;
	/** Which clients may ask the backend at all. */
	readonly sources?: SourceLists;
	/** The decision rests on this, which is not known of the controller, and would be another one otherwise. */
	readonly assumption?: string;
	/** A middleware of the matched rule that may not exist: without it the rule is left out. */
	readonly unknownMiddleware?: string;
	/** Things about the match that could not be decided, in words. */
	readonly undecided: readonly string[];
};

export const noMatch: RouteDecision = {
	isDefault: false,
	backends: [],
	losers: [],
	tied: [],
	status: 404,
	undecided: [],
};

/** A decision for one rule that takes everything. */
export function taken(rule: RuleRef, more: Partial<RouteDecision> = {}): RouteDecision {
	return {
		matched: rule,
		isDefault: rule.path === undefined,
		backends: [{rule, weight: 1, share: 1}],
		losers: [],
		tied: [],
		undecided: [],
		...more,
	};
}
