import type {Gateway, Listener, ParentRef, Route} from '../../model/gateway.ts';
import {matchesSelector} from '../../model/label-selector.ts';
import {lookup, type KindState, type Snapshot} from '../../model/snapshot.ts';
import {rememberRead} from '../memo.ts';
import {intersectHostnames} from './hostnames.ts';
import {gatewayGroup, supportedKinds} from './listeners.ts';

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

/** One parentRef of a route: the Gateway it names and what each listener that it means answers. */
export type Attachment = {
	readonly route: Route;
	readonly parentRef: ParentRef;
	/** Where the parentRef looks: its own namespace, or the route's. */
	readonly namespace: string;
	readonly gateway: Gateway | 'missing' | {readonly unknown: KindState};
	/** Listeners that `sectionName` and `port` select. */
	readonly answers: readonly ListenerAnswer[];
	/** Why no listener takes the route. Absent: one does, or that is not known. */
	readonly refusal?: Refusal;
};

/** Each parentRef that names a Gateway; other parents (a Service of a mesh) are not judged. */
export const attachments = rememberRead((snapshot, route: Route): readonly Attachment[] =>
	route.parentRefs
		.filter(({group, kind}) => group === gatewayGroup && kind === 'Gateway')
		.map((parentRef) => attach(snapshot, route, parentRef)),
);

function attach(snapshot: Snapshot, route: Route, parentRef: ParentRef): Attachment {
	const namespace = parentRef.namespace ?? route.namespace;
	const found = lookup(snapshot, 'Gateway', namespace, parentRef.name);
	const base = {route, parentRef, namespace};
	if ('unknown' in found) {
		return {...base, gateway: {unknown: found.unknown}, answers: []};
	}

	if ('missing' in found) {
		return {...base, gateway: 'missing', answers: [], refusal: 'NoMatchingParent'};
	}

	const answers = found.found.listeners
		.filter((listener) => isMeant(parentRef, listener))
		.map((listener) => answer(snapshot, {route, gateway: found.found, listener}));
	return {...base, gateway: found.found, answers, ...refusalOf(answers)};
}

/** `sectionName` and `port`, where given, must both fit (apis/v1 ParentReference). */
function isMeant({sectionName, port}: ParentRef, listener: Listener): boolean {
	return (
		(sectionName === undefined || sectionName === listener.name) &&
		(port === undefined || port === listener.port)
	);
}

function refusalOf(answers: readonly ListenerAnswer[]): {readonly refusal?: Refusal} {
	if (answers.some(({state}) => state !== 'refused')) {
		return {};
	}

	// A listener that lacks one thing only says more than one that takes no such route at all.
	const refused = answers.flatMap((item) => (item.state === 'refused' ? [item] : []));
	const told =
		refused.find(({why}) => why === 'namespace') ??
		refused.find(({why, fitsHost, listener}) => why === 'kind' && fitsHost && listener.hostname !== '') ??
		refused.find(({why}) => why === 'hostname') ??
		refused.find(({why}) => why === 'kind');
	return {refusal: told?.reason ?? 'NoMatchingParent'};
}

type Pair = {readonly route: Route; readonly gateway: Gateway; readonly listener: Listener};

function answer(snapshot: Snapshot, pair: Pair): ListenerAnswer {
	const {route, listener} = pair;
	const hostnames = hasHostnames(route) ? intersectHostnames(listener.hostname, route.hostnames) : [''];
	const fitsHost = hostnames.length > 0;
	if (!supportedKinds(listener).includes(route.routeKind)) {
		return {state: 'refused', listener, reason: 'NotAllowedByListeners', why: 'kind', fitsHost};
	}

	if (!fitsHost) {
		return {state: 'refused', listener, reason: 'NoMatchingListenerHostname', why: 'hostname', fitsHost};
	}

	const allowed = allowsNamespace(snapshot, pair);
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

/** apis/v1 RouteNamespaces: `Selector` reads the labels of the route's Namespace. */
function allowsNamespace(snapshot: Snapshot, {route, gateway, listener}: Pair): boolean | KindState {
	const {from, selector} = listener.allowedRoutes;
	switch (from) {
		case 'All':
			return true;
		case 'None':
			return false;
		case 'Same':
			return route.namespace === gateway.namespace;
		case 'Selector': {
			// An absent LabelSelector selects nothing (meta/v1 LabelSelectorAsSelector).
			if (!selector) {
				return false;
			}

			const found = lookup(snapshot, 'Namespace', '', route.namespace);
			const labels = 'found' in found ? found.found.labels : {};
			// The API server puts this label on every Namespace (KEP-2161).
			const matches = matchesSelector(selector, {...labels, [nameLabel]: route.namespace});
			const keys = [...Object.keys(selector.matchLabels), ...selector.matchExpressions.map(({key}) => key)];
			return 'unknown' in found && keys.some((key) => key !== nameLabel) ? found.unknown : matches;
		}
	}
}

const nameLabel = 'kubernetes.io/metadata.name';
