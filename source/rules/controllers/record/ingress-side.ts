import type {Ingress, IngressClass} from '../../../model/routes/ingress.ts';
import type {Kind} from '../../../model/kinds.ts';
import type {ObjectRef} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Service, ServicePort} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {AskedService} from '../external-auth.ts';
import type {
	BackendView,
	EntryPoint,
	Middlewares,
	RouteDecision,
	RouteInput,
	RuleRef,
} from '../../ingress/decision.ts';
import type {RequestedClass} from '../../ingress/requested-class.ts';
import type {Answers, EndpointChoice, Facts, Flags} from './facts.ts';
import type {Version} from '../../version.ts';
import type {RefusedConfiguration} from './refused-configuration.ts';

/** What a record knows of how its controller serves Ingresses. */
export type IngressSide = {
	/** Which rules it follows, as the report names them; `spec`: the plain rules of the API. */
	readonly profile: string;
	/** Values of IngressClass `spec.controller`. A value that ends in `/` stands for all that start with it. */
	readonly controllerNames: readonly string[];
	/** Values of annotation `kubernetes.io/ingress.class` that it takes by default. */
	readonly annotationClasses: readonly string[];
	/** The flag that names the class it takes. */
	readonly classFlag?: string;
	/** Whether it takes an Ingress of this class. Undefined: its rule is not known. */
	readonly takes: (requested: RequestedClass, claimant: Claimant) => boolean | undefined;
	/** Whether it reads Ingresses at all, by its flags. */
	readonly readsIngresses?: (flags: Flags) => boolean;
	/** None of the doors of an Ingress takes plain HTTP. */
	readonly hasOnlyTls?: (ingress: Ingress) => boolean;
	/** The flag that limits it to namespaces. */
	readonly namespaceFlag?: string;
	/** The flag that keeps it from namespaces, where the other one names none. */
	readonly exceptedNamespaceFlag?: string;
	/** The flag that limits it to namespaces with labels, where neither of those says which. */
	readonly namespaceSelectorFlag?: string;
	/** Ingresses of one value share a load balancer, and only their rules count. Absent: all of the controller's do. */
	readonly loadBalancerOf?: (ingress: Ingress) => string;
	/** The Service of the load balancer that it makes for an Ingress, or for all that share one; its pods are behind none. */
	readonly serviceFor?: (snapshot: Snapshot, ingress: Ingress) => Service | undefined;
	/** Reasons of Warning Events by which it says that it did not make what an Ingress asks for. */
	readonly refusals?: readonly string[];
	/**
	What an Ingress says that leaves it without a way in: an annotation, and why. `isCertain`: whatever else there is.
	*/
	readonly whyClosed?: (ingress: Ingress) => Closed | undefined;
	/** What of the Ingresses makes the proxy refuse all of its configuration. */
	readonly refusedConfiguration?: (ingresses: readonly Ingress[]) => RefusedConfiguration | undefined;
	/** A refused Ingress is not served, also where it has an address. */
	readonly refusalEnds?: readonly string[];
	/** What it wrote of a backend into an annotation. */
	readonly healthOf?: (
		ingress: Ingress,
		service: Service,
		port: ServicePort | undefined,
	) => BackendHealth | undefined;
	/** What it speaks to a backend. Absent: not known. */
	readonly speaks?: (backend: ProtocolInput, flags: Flags) => SpokenProtocol;
	/** Hosts that an Ingress asks for beside those of its rules; `~` begins a regular expression. */
	readonly otherHosts?: (ingress: Ingress) => readonly string[];
	/** Why the handshake of its hosts ends, by what the Ingress asks for. */
	readonly whyNoHandshake?: (
		snapshot: Snapshot,
		ingress: Ingress,
	) => {readonly annotation: string; readonly value: string; readonly why: string} | undefined;
	/** Clients of the Ingress speak TLS, although it has no TLS entry: it is passed on unopened. */
	readonly passesTls?: (ingress: Ingress) => boolean;
	/** What an object that the Ingress or its Service names does with the request before the backend is asked. */
	readonly guardOf?: (asked: GuardedRule) => Guard | undefined;
	/** Which rule takes a request. */
	readonly route: (input: RouteInput) => RouteDecision;
	/** The listener that a request comes in by. */
	readonly entryPointOf?: (
		snapshot: Snapshot,
		controller: RunningController,
		request: HttpRequest,
	) => EntryPoint;
	/** The objects that its annotation for middlewares names. */
	readonly middlewaresOf?: (snapshot: Snapshot) => Middlewares;
	/** It leaves out a rule whose backend it cannot use, and another rule then answers. */
	readonly leavesOutBroken?: boolean;
	/** It listens on a port only while it serves a host there: a client is refused otherwise. */
	readonly listensForHostsOnly?: true;
	/** The Service port that a backend names, where the rule is not the API's. */
	readonly portOf?: (
		service: Service,
		wanted: {readonly name?: string; readonly number?: number},
	) => ServicePort | undefined;
	/** Behind an ExternalName it connects to the targetPort, not the port. */
	readonly connectsToTargetPort?: true;
	/** A backend of type ExternalName needs no port. */
	readonly inventsExternalPort?: boolean;
	/** Why it makes no endpoint of an ExternalName Service. */
	readonly whyNoAlias?: (externalName: string, flags: Flags) => string | undefined;
	/** Why it makes no rule to a Service, by what the Service says. */
	readonly whyNotRouted?: (service: Service, flags: Flags) => string | undefined;
	/** What it does with an Ingress depends on whether the backend has endpoints. */
	readonly needsEndpoints?: (ingress: Ingress, flags: Flags) => boolean;
	/** It sends to the Service's address after all, by annotation. */
	readonly sendsToService?: (
		ingress: Ingress,
		service: Service | undefined,
		flags: Flags,
		snapshot: Snapshot,
	) => boolean;
	/** It sends to endpoints itself, past kube-proxy. Undefined: not known. */
	readonly bypassesProxy?: (flags: Flags) => boolean | undefined;
	readonly chooses?: EndpointChoice;
	/** How a rule ranks among those of the other kinds of routers that it serves; compared number by number, the highest first. */
	readonly rankOf?: (rule: RuleRef, flags: Flags) => readonly number[];
	/** A second Ingress with the same host and path is meant: a canary. */
	readonly isMeantTwin?: (ingress: Ingress, flags: Flags) => boolean;
	/** Why the winner of several Ingresses with one host and path wins. */
	readonly whyWins?: (rule: RuleRef) => string;
	/** How the order of rules is changed. */
	readonly orderRemedy?: string;
	/** A default backend beside rules is for every host that no rule names. */
	readonly takesUnnamedHosts?: true;
	/** It does not look at a default backend that stands beside rules. */
	readonly ignoresDefaultBesideRules?: boolean;
	/** The Service of the cluster that it asks before it serves the rule: without an answer, no client passes. */
	readonly externalAuth?: (ingress: Ingress, flags: Flags) => ExternalAuth | undefined;
	/** What the request passes on the way that knet does not read. */
	readonly passesThrough?: (ingress: Ingress, flags: Flags) => readonly string[];
	/** What it does over the other scheme is told where no rule takes the request. */
	readonly schemeRemedy?: string;
	/** What it does with https where a certificate is missing. Absent: it serves with a default certificate, as most do. */
	readonly tls?: {
		/** No TLS entry of an Ingress names the host. `not-found`: 404 with a certificate of its own. */
		readonly withoutEntry?: WithoutEntry | ((facts: Facts) => WithoutEntry);
		/** The Secret of the entry does not exist. `not-served`: its host has no rules then, over either scheme. */
		readonly missingSecret?: 'handshake-fails' | 'not-served';
		/** Whether a host has a certificate decides about plain http, too. */
		readonly decidesHttp?: true;
		/** An entry that names no Secret has no certificate by other means. */
		readonly needsSecret?: (flags: Flags) => boolean;
		/** A TLS entry without hosts serves none. */
		readonly needsHosts?: true;
		/** A host of a TLS entry is served where a rule names it so: a wildcard serves no rule of a name below it. */
		readonly needsRules?: true;
		/** It looks for Secrets in the namespace of its own pods, not of the Ingress. */
		readonly secretsBesidePods?: true;
		/** The annotation of an Ingress that names another namespace for its Secrets. */
		readonly namespaceAnnotation?: string;
		/** What lets Ingresses of other namespaces use a Secret. Absent: nothing has to. */
		readonly delegation?: {
			readonly kind: Kind;
			/** Where its entries are, and the fields of one. */
			readonly entries: string;
			readonly secretField: string;
			readonly namespacesField: string;
			/** Undefined: not known. */
			readonly permits: (
				snapshot: Snapshot,
				secret: {readonly namespace: string; readonly name: string},
				namespace: string,
			) => boolean | undefined;
		};
	};
	readonly answers: (facts: Facts) => Answers;
	/** What is assumed of it, for its flags. */
	readonly unknowns: (facts: Facts, configuration: Configuration) => readonly string[];
};

export type GuardedRule = {
	readonly snapshot: Snapshot;
	readonly rule: RuleRef;
	readonly className: string;
	readonly version?: Version;
};

/** An answer by itself, clients that it lets in, or what is not known of it. */
export type Guard = Pick<RouteDecision, 'status' | 'setBy' | 'asked' | 'sources' | 'assumption'>;

/** A running controller that is asked whether it takes an Ingress. */
export type Claimant = {
	readonly flags: Flags;
	/** Undefined: they cannot be read. */
	readonly classes: readonly IngressClass[] | undefined;
};

/** A running controller that is asked by which listener a request comes in. */
export type RunningController = {
	readonly flags: Flags;
	readonly services: readonly Service[];
	readonly workload?: ObjectRef;
};

export type WithoutEntry = 'handshake-fails' | 'not-found';

export type Closed = {readonly annotation: string; readonly why: string; readonly isCertain: boolean};

export type ExternalAuth = AskedService & {
	/** `annotation nginx.ingress.kubernetes.io/auth-url`. */
	readonly setBy: string;
	/** What a client gets where it does not answer. */
	readonly status: number;
};

export type ProtocolInput = {
	/** What the client speaks to the controller. */
	readonly scheme: HttpRequest['scheme'];
	readonly rule: RuleRef;
	readonly ingress: Ingress;
	/** All that the controller serves. */
	readonly ingresses: readonly Ingress[];
	readonly stateOf: BackendView;
	readonly service: Service;
	readonly port: ServicePort | undefined;
};

export type SpokenProtocol = {
	readonly tls: boolean;
	/** Undefined: not known. */
	readonly http2?: boolean;
	/**
	It verifies the certificate of the backend against the address of a pod, which no certificate names: the annotation of the
	Service that changes that. Absent: not known, or it does not verify it so.
	*/
	readonly distrusts?: string;
	/** What sets it: `annotation nginx.org/ssl-services`. */
	readonly setBy: string;
};

/** The word of a controller on a backend. */
export type BackendHealth = {
	readonly annotation: string;
	readonly value: string;
	readonly isBad: boolean;
};

/** Where a controller's settings stand that knet does not read. */
type Configuration = {
	readonly isFound: boolean;
};
