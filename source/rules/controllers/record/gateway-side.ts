import type {Gateway, Route, RouteKind} from '../../../model/routes/gateway.ts';
import type {Service, ServicePort} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Answers, EndpointChoice, Facts, Flags} from './facts.ts';
import type {GatewayProfile} from './gateway-profile.ts';

/** What a record knows of how its controller serves Gateways. */
export type GatewaySide = {
	/** Beginnings of GatewayClass `spec.controllerName`. */
	readonly controllerNames: readonly string[];
	/** Labels that its Services carry with the Gateway's name, where each Gateway has a data plane of its own. */
	readonly gatewayLabels: readonly string[];
	/** Values of the labels `app.kubernetes.io/name` and `app` that the Service of a shared data plane selects by. */
	readonly names?: readonly string[];
	readonly bypassesProxy?: boolean;
	/** It sends to the Service's address or node ports after all. */
	readonly sendsToService?: (
		snapshot: Snapshot,
		service: Service,
		asked: {readonly flags: Flags; readonly route: Route},
	) => boolean;
	readonly chooses?: (facts: Facts) => EndpointChoice;
	/** Reasons of Events by which it refuses a Gateway. */
	readonly refusals?: readonly string[];
	/** The annotation of a route that holds the address of its own. */
	readonly routeAddress?: string;
	/** A rule may delegate to HTTPRoutes, which are its backends. */
	readonly delegates?: true;
	/** Its load balancer asks for the health of pods by itself, `GET /` where this does not say otherwise. */
	readonly healthCheckedBy?: string;
	/** Kinds of policies without which it answers 500 for what they are attached to, where they are not valid. */
	readonly failsWithout?: readonly string[];
	/** Without the CA certificate of a BackendTLSPolicy the handshake with the backend fails; else it answers 500 itself. */
	readonly asksBackendWithoutCertificate?: true;
	/** AuthorizationPolicies that select its pods hold for requests from outside. */
	readonly obeysAuthorizationPolicies?: true;
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

export type GatewayBackendInput = {
	readonly snapshot: Snapshot;
	readonly service: Service;
	readonly port: ServicePort;
	readonly routeKind: RouteKind;
	readonly gateway: Pick<Gateway, 'namespace' | 'name'>;
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
