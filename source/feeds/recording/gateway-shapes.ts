import type {
	AllowedNamespaces,
	BackendRef,
	BackendTlsPolicy,
	Gateway,
	GatewayClass,
	Listener,
	ListenerSet,
	ParentRef,
	PathModifier,
	ReferenceGrant,
	Route,
	RouteFilter,
	RouteMatch,
	RouteRule,
	ValueMatch,
} from '../../model/gateway.ts';
import type {AttachedPolicy, PolicyAncestor, PolicyTarget} from '../../model/attached-policy.ts';
import {projectHeader} from '../../projection/route-filter.ts';
import {conditions, labels, meta, objectRef, selector} from './common-shapes.ts';
import {list, number, object, oneOf, optional, text, variant} from './shape.ts';

const groupKind = object({group: text, kind: text});
const namespaces = {from: oneOf('Same', 'All', 'Selector', 'None'), selector: optional(selector)};

export const gatewayClass = object<GatewayClass>({...meta, controllerName: text, conditions});

type Tls = NonNullable<Listener['tls']>;

const listener = object<Listener>({
	name: text,
	hostname: text,
	port: number,
	protocol: text,
	tls: optional(
		object<Tls>({
			mode: oneOf('Terminate', 'Passthrough'),
			certificateRefs: list(
				object<Tls['certificateRefs'][number]>({
					group: text,
					kind: text,
					namespace: optional(text),
					name: text,
				}),
			),
		}),
	),
	set: optional(object({kind: text, namespace: text, name: text, listener: text})),
	allowedRoutes: object<Listener['allowedRoutes']>({...namespaces, kinds: list(groupKind)}),
});

const listenerStatus = list(
	object({name: text, attachedRoutes: number, supportedKinds: list(groupKind), conditions}),
);

export const gateway = object<Gateway>({
	...meta,
	className: text,
	listeners: list(listener),
	allowedListeners: optional(object<AllowedNamespaces>(namespaces)),
	addresses: list(object({type: text, value: text})),
	conditions,
	listenerStatus,
});

const parentRef = object<ParentRef>({
	group: text,
	kind: text,
	namespace: optional(text),
	name: text,
	sectionName: optional(text),
	port: optional(number),
});

export const listenerSet = object<ListenerSet>({
	...meta,
	parentRef,
	listeners: list(listener),
	conditions,
	listenerStatus,
});

const plainHeader = object({name: text, value: text});
const header = (value: unknown) => {
	const {name, value: given} = plainHeader(value);
	return projectHeader(name, given);
};

const modifier = variant<PathModifier>('type', {
	ReplaceFullPath: object({type: oneOf('ReplaceFullPath'), value: text}),
	ReplacePrefixMatch: object({type: oneOf('ReplacePrefixMatch'), value: text}),
});

type Filter<Type extends RouteFilter['type']> = Extract<RouteFilter, {type: Type}>;

const headers = object<Filter<'RequestHeaderModifier' | 'ResponseHeaderModifier'>>({
	type: oneOf('RequestHeaderModifier', 'ResponseHeaderModifier'),
	set: list(header),
	add: list(header),
	remove: list(text),
});

const filter = variant<RouteFilter>('type', {
	RequestRedirect: object<Filter<'RequestRedirect'>>({
		type: oneOf('RequestRedirect'),
		scheme: optional(text),
		hostname: optional(text),
		path: optional(modifier),
		port: optional(number),
		statusCode: number,
	}),
	URLRewrite: object<Filter<'URLRewrite'>>({
		type: oneOf('URLRewrite'),
		hostname: optional(text),
		path: optional(modifier),
	}),
	RequestHeaderModifier: headers,
	ResponseHeaderModifier: headers,
	RequestMirror: object<Filter<'RequestMirror'>>({type: oneOf('RequestMirror'), backend: objectRef}),
	ExtensionRef: object<Filter<'ExtensionRef'>>({type: oneOf('ExtensionRef'), ref: objectRef}),
	unknown: object<Filter<'unknown'>>({type: oneOf('unknown'), name: text}),
});

const valueMatch = object<ValueMatch>({type: oneOf('Exact', 'RegularExpression'), name: text, value: text});

const match = object<RouteMatch>({
	path: optional(object({type: oneOf('Exact', 'PathPrefix', 'RegularExpression'), value: text})),
	method: optional(text),
	headers: list(valueMatch),
	query: list(valueMatch),
	grpc: optional(
		object<NonNullable<RouteMatch['grpc']>>({
			type: oneOf('Exact', 'RegularExpression'),
			service: optional(text),
			method: optional(text),
		}),
	),
});

const rule = object<RouteRule>({
	name: optional(text),
	matches: list(match),
	filters: list(filter),
	backendRefs: list(
		object<BackendRef>({
			group: text,
			kind: text,
			namespace: optional(text),
			name: text,
			port: optional(number),
			weight: number,
			filters: list(filter),
		}),
	),
	timeouts: optional(
		object<NonNullable<RouteRule['timeouts']>>({request: optional(text), backendRequest: optional(text)}),
	),
});

export const route = object<Route>({
	...meta,
	routeKind: oneOf('HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'),
	hostnames: list(text),
	parentRefs: list(parentRef),
	rules: list(rule),
	parents: list(object({parentRef, controllerName: text, conditions})),
});

export const referenceGrant = object<ReferenceGrant>({
	...meta,
	from: list(object({group: text, kind: text, namespace: text})),
	to: list(object<ReferenceGrant['to'][number]>({group: text, kind: text, name: optional(text)})),
});

const policyFields = {
	...meta,
	policyKind: text,
	group: text,
	ownName: text,
	targets: list(
		object<PolicyTarget>({
			kind: text,
			name: optional(text),
			matchLabels: optional(labels),
			sectionName: optional(text),
		}),
	),
	ancestors: list(
		object<PolicyAncestor>({ref: optional(objectRef), controllerName: optional(text), conditions}),
	),
};

export const attachedPolicy = object<AttachedPolicy>(policyFields);
export const backendTlsPolicy = object<BackendTlsPolicy>({...policyFields, hostname: text});
