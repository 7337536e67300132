import type {RouteKind} from '../../model/gateway.ts';
import type {Ingress, IngressClass} from '../../model/ingress.ts';
import type {HttpRequest} from '../../model/request.ts';
import type {Service, ServicePort} from '../../model/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {EntryPoint, Middlewares, RouteDecision, RouteInput, RuleRef} from '../ingress/decision.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import type {StopReason, Symptom} from '../stop.ts';
import type {Controller, Flags} from './controller.ts';
import type {GatewayProfile} from './gateway-profile.ts';

/**
All that knet knows of one controller. What is not known is left out, or stands in `unknowns`: a decision that rests on it
is unknown.
*/
export type ControllerRecord = {
	readonly implementation: string;
	/** Files of its source, tests or documentation that the record rests on, with versions. */
	readonly sources: readonly string[];
	/** Ends of the image's repository, without registry and tag. */
	readonly images: readonly string[];
	/** Values of the workload's or its pods' labels `app.kubernetes.io/name`, `k8s-app` and `app`. */
	readonly names: readonly string[];
	/** Beginnings of flags that only it has, lower case, without dashes. */
	readonly flags: readonly string[];
	/** The workload that answers requests, where it is not the one that reads the objects; by its `names`. */
	readonly dataPlane?: readonly string[];
	/** Workloads beside it without which nothing is answered, where they are there; by its `names`. */
	readonly companions?: readonly string[];
	/** Runs as a service of a cloud: its pods, if any, are on no path, and its address is that of the status. */
	readonly managed: boolean;
	/** Whether its pods on the host network take requests there. Absent: they do. */
	readonly listensOnHost?: (snapshot: Snapshot) => boolean;
	/** It registers pods in target groups, by TargetGroupBindings: whose containers are ready, whatever their gates say. */
	readonly bindsTargetGroups?: boolean;
	/** Whom network policies take for the sender, where it is none of its pods. */
	readonly sender?: Sender;
	/** It runs beside the control plane of a cloud, and this shows that it does. */
	readonly isPresent?: (snapshot: Snapshot) => boolean;
	/** Beginnings of its annotations. Under another controller they have no effect. */
	readonly annotations: readonly string[];
	/** Where it has settings beside its flags. */
	readonly settings?: SettingsSource;
	readonly ingress?: IngressSide;
	readonly gateway?: GatewaySide;
};

/** The ConfigMap that holds settings of a controller: each key is one, or one key is a file of them. */
export type SettingsSource = (
	| {readonly type: 'keys'; readonly flag: string}
	| {
			readonly type: 'file';
			readonly flag: string;
			/** Where it looks without the flag. */
			readonly usual: readonly string[];
			/** Where there is a file, flags are not read. */
			readonly replacesFlags?: true;
	  }
) & {
	/** Names of the ConfigMap in the project's own manifests and charts. */
	readonly usualNames: readonly string[];
	/** What else a setting may say that changes what is done with a request: asked where the ConfigMap cannot be read. */
	readonly mayBe: Readonly<Record<string, string | readonly string[]>>;
};

/** An identity of Cilium, or a service of a cloud by the ends of its address range. */
export type Sender =
	| {readonly identity: 'cilium-ingress'}
	| {readonly identity: 'outside'; readonly addresses: readonly string[]};

/** What the client gets when something behind the controller fails. Absent: not known. */
export type Answers = Partial<Record<StopReason, Symptom>>;

/** What is read of a running controller. */
export type Facts = {
	/** By lower-case name without dashes; '' for a bare flag. Empty where its workload may not be read. */
	readonly flags: Flags;
	/** Of the image's tag. Absent: a digest, `latest`, or no workload. */
	readonly version?: Version;
};

/** Major, minor, patch. */
export type Version = readonly [number, number, number];

/** A running controller that is asked whether it takes an Ingress. */
export type Claimant = {
	readonly flags: Flags;
	/** Undefined: they cannot be read. */
	readonly classes: readonly IngressClass[] | undefined;
};

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
	/** The flag that limits it to namespaces. */
	readonly namespaceFlag?: string;
	/** Ingresses of one value share a load balancer, and only their rules count. Absent: all of the controller's do. */
	readonly loadBalancerOf?: (ingress: Ingress) => string;
	/** Reasons of Warning Events by which it says that it did not make what an Ingress asks for. */
	readonly refusals?: readonly string[];
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
	/** Which rule takes a request. */
	readonly route: (input: RouteInput) => RouteDecision;
	/** The listener that a request comes in by. */
	readonly entryPointOf?: (snapshot: Snapshot, controller: Controller, request: HttpRequest) => EntryPoint;
	/** The objects that its annotation for middlewares names. */
	readonly middlewaresOf?: (snapshot: Snapshot) => Middlewares;
	/** It leaves out a rule whose backend it cannot use, and another rule then answers. */
	readonly leavesOutBroken?: boolean;
	/** The Service port that a backend names, where the rule is not the API's. */
	readonly portOf?: (
		service: Service,
		wanted: {readonly name?: string; readonly number?: number},
	) => ServicePort | undefined;
	/** A backend of type ExternalName needs no port. */
	readonly inventsExternalPort?: boolean;
	/** Why it makes no rule to a Service, by what the Service says. */
	readonly whyNotRouted?: (service: Service, flags: Flags) => string | undefined;
	/** What it does with an Ingress depends on whether the backend has endpoints. */
	readonly needsEndpoints?: (ingress: Ingress, flags: Flags) => boolean;
	/** It sends to the Service's address after all, by annotation. */
	readonly sendsToService?: (ingress: Ingress, service: Service | undefined, flags: Flags) => boolean;
	/** It sends to endpoints itself, past kube-proxy. Undefined: not known. */
	readonly bypassesProxy?: (flags: Flags) => boolean | undefined;
	readonly chooses?: Controller['chooses'];
	/** How a rule ranks among those of the other kinds of routers that it serves; compared number by number, the highest first. */
	readonly rankOf?: (rule: RuleRef, flags: Flags) => readonly number[];
	/** A second Ingress with the same host and path is meant: a canary. */
	readonly isMeantTwin?: (ingress: Ingress, flags: Flags) => boolean;
	/** Why the winner of several Ingresses with one host and path wins. */
	readonly whyWins?: (rule: RuleRef) => string;
	/** How the order of rules is changed. */
	readonly orderRemedy?: string;
	/** It does not look at a default backend that stands beside rules. */
	readonly ignoresDefaultBesideRules?: boolean;
	/** What the request passes on the way that knet does not read. */
	readonly passesThrough?: (ingress: Ingress, flags: Flags) => readonly string[];
	/** Paths may be regular expressions: an Ingress that is looked at as a whole is asked with a path that it takes. */
	readonly hasRegexPaths?: boolean;
	/** What it does over the other scheme is told where no rule takes the request. */
	readonly schemeRemedy?: string;
	/** What it does with https where a certificate is missing. Absent: it serves with a default certificate, as most do. */
	readonly tls?: {
		/** No TLS entry of an Ingress names the host. `not-found`: 404 with a certificate of its own. */
		readonly withoutEntry?: 'handshake-fails' | 'not-found';
		/** The Secret of the entry does not exist. */
		readonly missingSecret?: 'handshake-fails';
		/** A TLS entry without hosts serves none. */
		readonly needsHosts?: true;
		/** A host of a TLS entry is served where a rule names it so: a wildcard serves no rule of a name below it. */
		readonly needsRules?: true;
		/** It looks for Secrets in the namespace of its own pods, not of the Ingress. */
		readonly secretsBesidePods?: true;
	};
	readonly answers: (facts: Facts) => Answers;
	/** What is assumed of it, for its flags. */
	readonly unknowns: (facts: Facts, configuration: Configuration) => readonly string[];
};

export type ProtocolInput = {
	readonly ingress: Ingress;
	readonly service: Service;
	readonly port: ServicePort | undefined;
};

export type GatewayBackendInput = {
	readonly snapshot: Snapshot;
	readonly service: Service;
	readonly port: ServicePort;
	readonly routeKind: RouteKind;
};

/** Absent: not known, or as the client. */
export type GatewayProtocol = {
	readonly tls?: boolean;
	readonly http2?: boolean;
	/** Without a BackendTLSPolicy it verifies the certificate of the backend against the address of a pod. */
	readonly distrusts?: boolean;
	/** What sets it: `appProtocol of the port`. */
	readonly setBy: string;
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

export type GatewaySide = {
	/** Beginnings of GatewayClass `spec.controllerName`. */
	readonly controllerNames: readonly string[];
	/** Labels that its Services carry with the Gateway's name, where each Gateway has a data plane of its own. */
	readonly gatewayLabels: readonly string[];
	/** Values of the labels `app.kubernetes.io/name` and `app` that the Service of a shared data plane selects by. */
	readonly names: readonly string[];
	readonly bypassesProxy?: boolean;
	readonly chooses?: (facts: Facts) => Controller['chooses'];
	/** Reasons of Events by which it refuses a Gateway. */
	readonly refusals?: readonly string[];
	/** The annotation of a route that holds the address of its own. */
	readonly routeAddress?: string;
	/** It sends to pods that have readiness gates of GKE, and this sets the health check. */
	readonly healthCheckedBy?: string;
	/** Kinds of policies without which it answers 500 for what they are attached to, where they are not valid. */
	readonly failsWithout?: readonly string[];
	/** It never accepts its GatewayClass in some set-ups, and serves the Gateways of it. */
	readonly leavesClassPending?: boolean;
	/** The annotation without which it accepts no GatewayClass of this controller name. */
	readonly classAnnotation?: (controllerName: string) => string | undefined;
	readonly profile: (facts: Facts) => GatewayProfile;
	/** What it speaks to a backend without a BackendTLSPolicy. Absent: not known. */
	readonly speaks?: (backend: GatewayBackendInput, flags: Flags) => GatewayProtocol;
	/** Beside what Gateway API says: 404 without a match, 500 for a reference that does not resolve, 503 without endpoints. */
	readonly answers?: (facts: Facts) => Answers;
};
