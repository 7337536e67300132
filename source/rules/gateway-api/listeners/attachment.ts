import type {Gateway, Listener, ParentRef, Route, RouteMatch} from '../../../model/routes/gateway.ts';
import type {ObjectRef} from '../../../model/ref.ts';
import {lookup, type KindState, type Snapshot} from '../../../model/snapshot.ts';
import {rememberRead} from '../../memoize.ts';
import {intersectHostnames} from './hostnames.ts';
import {
	listenersIn,
	lookupGateway,
	ownerOf,
	plainName,
	type ListenerSetKind,
	unreadListenerSets,
} from './listener-sets.ts';
import {gatewayGroup, supportedKinds} from './listeners.ts';
import {admitsNamespace} from './namespaces.ts';

/** Reasons of the route condition Accepted (apis/v1 RouteConditionReason). */
type Refusal = 'NoMatchingParent' | 'NotAllowedByListeners' | 'NoMatchingListenerHostname';

/** What one listener says to one parentRef of a route. */
type ListenerAnswer =
	/** `hostnames`: the hosts it serves for this route; `['']` is every host. */
	| {readonly state: 'attached'; readonly listener: Listener; readonly hostnames: readonly string[]}
	| {
			readonly state: 'refused';
			readonly listener: Listener;
			readonly reason: Refusal;
			/** `namespace` is said only of a listener whose hostname would fit. */
			readonly why: 'namespace' | 'kind' | 'hostname';
			/** Whether the hostnames would fit, were it not for the kind. */
			readonly fitsHost: boolean;
	  }
	| {readonly state: 'unknown'; readonly listener: Listener; readonly because: KindState};

/** One parentRef of a route: the Gateway behind it and what each listener that it means answers. */
export type Attachment = {
	readonly route: Route;
	readonly parentRef: ParentRef;
	/** What the parentRef names: a Gateway or a ListenerSet. */
	readonly parent: ObjectRef;
	/** The Gateway's name; it need not exist. Undefined: the ListenerSet does not exist, or cannot be read. */
	readonly gatewayName?: {readonly namespace: string; readonly name: string};
	readonly gateway: Gateway | 'missing' | {readonly unknown: KindState};
	/** Listeners that `sectionName` and `port` select. */
	readonly answers: readonly ListenerAnswer[];
	/** Why no listener takes the route. Absent: one does, or that is not known. */
	readonly refusal?: Refusal;
	/** Rules that hand requests to other routes. */
	readonly delegating?: ReadonlySet<number>;
	/** The rule of another route hands requests to this one: its matches. */
	readonly within?: readonly RouteMatch[];
};

/** Each parentRef that names a Gateway or a ListenerSet; other parents are in `otherParents`. */
export const ownAttachments = rememberRead((snapshot, route: Route): readonly Attachment[] =>
	route.parentRefs.flatMap((parentRef) => {
		const kind = parentKind(parentRef);
		return kind ? attach(snapshot, route, {parentRef, kind}) : [];
	}),
);

/** Parents of other kinds: a Service is one for the clients of a mesh (GAMMA, GEP-1324). */
export function otherParents({parentRefs}: Route): readonly ParentRef[] {
	return parentRefs.filter((parentRef) => !parentKind(parentRef));
}

type ParentKind = 'Gateway' | ListenerSetKind;

function parentKind({group, kind}: ParentRef): ParentKind | undefined {
	return kind === 'XListenerSet' && group === 'gateway.networking.x-k8s.io'
		? kind
		: (kind === 'Gateway' || kind === 'ListenerSet') && group === gatewayGroup
			? kind
			: undefined;
}

type Parent = {readonly parentRef: ParentRef; readonly kind: ParentKind};

function attach(snapshot: Snapshot, route: Route, {parentRef, kind}: Parent): Attachment {
	const namespace = parentRef.namespace ?? route.namespace;
	const parent = {kind, namespace, name: parentRef.name};
	const base = {route, parentRef, parent, answers: []};
	if (kind === 'Gateway') {
		return attachTo(snapshot, {...base, gatewayName: {namespace, name: parentRef.name}});
	}

	const found = lookup(snapshot, kind, namespace, parentRef.name);
	if ('unknown' in found) {
		return {...base, gateway: {unknown: found.unknown}};
	}

	if ('missing' in found) {
		return {...base, gateway: 'missing', refusal: 'NoMatchingParent'};
	}

	const {parentRef: of} = found.found;
	return attachTo(snapshot, {...base, gatewayName: {namespace: of.namespace ?? namespace, name: of.name}});
}

type Base = Required<Pick<Attachment, 'route' | 'parentRef' | 'parent' | 'gatewayName' | 'answers'>>;

function attachTo(snapshot: Snapshot, base: Base): Attachment {
	const {route, gatewayName, parentRef, parent} = base;
	const found = lookupGateway(snapshot, gatewayName.namespace, gatewayName.name);
	if ('unknown' in found) {
		return {...base, gateway: {unknown: found.unknown}};
	}

	if ('missing' in found) {
		return {...base, gateway: 'missing', refusal: 'NoMatchingParent'};
	}

	// A route that names the Gateway attaches to its own listeners alone (GEP-1713).
	const own = listenersIn(found.found, parent);
	const answers = own
		.filter((listener) => isMeant(parentRef, listener))
		.map((listener) => answer(snapshot, {route, gateway: found.found, listener}));
	// Whether a ListenerSet is admitted may stand in labels that are not read.
	const isUnread =
		parent.kind !== 'Gateway' && own.length === 0 && unreadListenerSets(snapshot, found.found).length > 0;
	return {...base, gateway: found.found, answers, refusal: isUnread ? undefined : refusalOf(answers)};
}

/** `sectionName` and `port`, where given, must both fit (apis/v1 ParentReference). */
function isMeant({sectionName, port}: ParentRef, listener: Listener): boolean {
	return (
		(sectionName === undefined || sectionName === plainName(listener)) &&
		(port === undefined || port === listener.port)
	);
}

function refusalOf(answers: readonly ListenerAnswer[]): Refusal | undefined {
	if (answers.some(({state}) => state !== 'refused')) {
		return undefined;
	}

	// A listener that lacks one thing only says more than one that takes no such route at all.
	const refused = answers.flatMap((item) => (item.state === 'refused' ? [item] : []));
	const told =
		refused.find(({why}) => why === 'namespace') ??
		refused.find(({why, fitsHost, listener}) => why === 'kind' && fitsHost && listener.hostname !== '') ??
		refused.find(({why}) => why === 'hostname') ??
		refused.find(({why}) => why === 'kind');
	return told?.reason ?? 'NoMatchingParent';
}

type Pair = {readonly route: Route; readonly gateway: Gateway; readonly listener: Listener};

function answer(snapshot: Snapshot, pair: Pair): ListenerAnswer {
	const {route, gateway, listener} = pair;
	const hostnames = hasHostnames(route) ? intersectHostnames(listener.hostname, route.hostnames) : [''];
	const fitsHost = hostnames.length > 0;
	if (!supportedKinds(listener).includes(route.routeKind)) {
		return {state: 'refused', listener, reason: 'NotAllowedByListeners', why: 'kind', fitsHost};
	}

	if (!fitsHost) {
		return {state: 'refused', listener, reason: 'NoMatchingListenerHostname', why: 'hostname', fitsHost};
	}

	const allowed = admitsNamespace(snapshot, listener.allowedRoutes, {
		own: ownerOf(gateway, listener).namespace,
		other: route.namespace,
	});
	if (allowed === false) {
		return {state: 'refused', listener, reason: 'NotAllowedByListeners', why: 'namespace', fitsHost};
	}

	return allowed === true
		? {state: 'attached', listener, hostnames}
		: {state: 'unknown', listener, because: allowed};
}

function hasHostnames({routeKind}: Route): boolean {
	return routeKind !== 'TCPRoute' && routeKind !== 'UDPRoute';
}
