import type {AttachedPolicy} from '../policies/attached-policy.ts';
import type {LabelSelector} from '../matching/label-selector.ts';
import type {Condition, Meta} from '../meta.ts';
import type {ObjectRef} from '../ref.ts';

/** Source: gateway.networking.k8s.io GatewayClass. */
export type GatewayClass = Meta & {
	readonly controllerName: string;
	readonly conditions: readonly Condition[];
};

export type Gateway = Meta & {
	readonly className: string;
	readonly listeners: readonly Listener[];
	/** The namespaces whose ListenerSets may add listeners; absent: none (GEP-1713). */
	readonly allowedListeners?: AllowedNamespaces;
	/** `status.addresses`. */
	readonly addresses: readonly {readonly type: string; readonly value: string}[];
	readonly conditions: readonly Condition[];
	readonly listenerStatus: readonly ListenerStatus[];
};

export type AllowedNamespaces = {
	readonly from: 'Same' | 'All' | 'Selector' | 'None';
	readonly selector?: LabelSelector;
};

/** ListenerSet, and XListenerSet before Gateway API 1.5: listeners that another namespace adds to a Gateway. */
export type ListenerSet = Meta & {
	readonly parentRef: ParentRef;
	readonly listeners: readonly Listener[];
	readonly conditions: readonly Condition[];
	readonly listenerStatus: readonly ListenerStatus[];
};

export type Listener = {
	/** Of a listener of a ListenerSet, as part of its Gateway: `namespace/set/name`, which no other has. */
	readonly name: string;
	/** The ListenerSet that it stands in, and its name there. */
	readonly set?: {
		readonly kind: string;
		readonly namespace: string;
		readonly name: string;
		readonly listener: string;
	};
	/** '' matches every host. */
	readonly hostname: string;
	readonly port: number;
	readonly protocol: string;
	readonly tls?: {
		readonly mode: 'Terminate' | 'Passthrough';
		readonly certificateRefs: readonly {
			readonly group: string;
			readonly kind: string;
			readonly namespace?: string;
			readonly name: string;
		}[];
	};
	readonly allowedRoutes: AllowedNamespaces & {
		/** Empty: follows from the protocol. */
		readonly kinds: readonly {readonly group: string; readonly kind: string}[];
	};
};

type ListenerStatus = {
	readonly name: string;
	readonly attachedRoutes: number;
	readonly supportedKinds: readonly {readonly group: string; readonly kind: string}[];
	readonly conditions: readonly Condition[];
};

export type ParentRef = {
	readonly group: string;
	readonly kind: string;
	/** Absent: the route's own. */
	readonly namespace?: string;
	readonly name: string;
	readonly sectionName?: string;
	readonly port?: number;
};

export type BackendRef = {
	readonly group: string;
	readonly kind: string;
	readonly namespace?: string;
	readonly name: string;
	/** The Service port. */
	readonly port?: number;
	/** Default 1, already applied. */
	readonly weight: number;
	readonly filters: readonly RouteFilter[];
};

/** HTTPRoute, GRPCRoute, TLSRoute, TCPRoute and UDPRoute share this form; each rule holds what its kind has. */
export type Route = Meta & {
	readonly routeKind: RouteKind;
	readonly hostnames: readonly string[];
	readonly parentRefs: readonly ParentRef[];
	readonly rules: readonly RouteRule[];
	readonly parents: readonly {
		readonly parentRef: ParentRef;
		readonly controllerName: string;
		readonly conditions: readonly Condition[];
	}[];
};

export type RouteKind = 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute' | 'UDPRoute';

export type RouteRule = {
	readonly name?: string;
	/** Empty: PathPrefix `/` (HTTPRoute), everything (the others). */
	readonly matches: readonly RouteMatch[];
	readonly filters: readonly RouteFilter[];
	readonly backendRefs: readonly BackendRef[];
	readonly timeouts?: {readonly request?: string; readonly backendRequest?: string};
};

export type RouteMatch = {
	readonly path?: {readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string};
	/** HTTP method. */
	readonly method?: string;
	readonly headers: readonly ValueMatch[];
	readonly query: readonly ValueMatch[];
	/** GRPCRoute only. */
	readonly grpc?: {
		readonly type: 'Exact' | 'RegularExpression';
		readonly service?: string;
		readonly method?: string;
	};
};

export type ValueMatch = {
	readonly type: 'Exact' | 'RegularExpression';
	readonly name: string;
	readonly value: string;
};

export type RouteFilter =
	| {
			readonly type: 'RequestRedirect';
			readonly scheme?: string;
			readonly hostname?: string;
			readonly path?: PathModifier;
			readonly port?: number;
			readonly statusCode: number;
	  }
	| {readonly type: 'URLRewrite'; readonly hostname?: string; readonly path?: PathModifier}
	| {
			readonly type: 'RequestHeaderModifier' | 'ResponseHeaderModifier';
			readonly set: readonly {readonly name: string; readonly value: string}[];
			readonly add: readonly {readonly name: string; readonly value: string}[];
			readonly remove: readonly string[];
	  }
	| {readonly type: 'RequestMirror'; readonly backend: ObjectRef & {readonly port?: number}}
	| {readonly type: 'ExtensionRef'; readonly ref: ObjectRef}
	/** A filter this version of knet does not know: said, never guessed. */
	| {readonly type: 'unknown'; readonly name: string};

export type PathModifier =
	| {readonly type: 'ReplaceFullPath'; readonly value: string}
	| {readonly type: 'ReplacePrefixMatch'; readonly value: string};

export type ReferenceGrant = Meta & {
	readonly from: readonly {readonly group: string; readonly kind: string; readonly namespace: string}[];
	readonly to: readonly {readonly group: string; readonly kind: string; readonly name?: string}[];
};

/** A policy of Gateway API itself. */
export type BackendTlsPolicy = AttachedPolicy & {readonly hostname: string};
