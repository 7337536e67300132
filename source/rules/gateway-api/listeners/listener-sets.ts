import type {Gateway, Listener, ListenerSet} from '../../../model/routes/gateway.ts';
import type {ObjectRef} from '../../../model/ref.ts';
import {findCondition, isBehind} from '../../../model/meta.ts';
import {isKnown, lookup, type KindState, type Lookup, type Snapshot} from '../../../model/snapshot.ts';
import {rememberRead} from '../../memoize.ts';
import {admitsNamespace} from './namespaces.ts';

/** XListenerSet is what ListenerSet was called before Gateway API 1.5. */
const listenerSetKinds = ['ListenerSet', 'XListenerSet'] as const;
export type ListenerSetKind = (typeof listenerSetKinds)[number];

/** As `lookup`, with the listeners of the ListenerSets that the Gateway admits. */
export function lookupGateway(snapshot: Snapshot, namespace: string, name: string): Lookup<Gateway> {
	const found = lookup(snapshot, 'Gateway', namespace, name);
	return 'found' in found ? {found: withListenerSets(snapshot, found.found)} : found;
}

/** The Gateway's own listeners come first, then those of the oldest ListenerSet (GEP-1713, listener precedence). */
export const withListenerSets = rememberRead((snapshot, gateway: Gateway): Gateway => {
	const sets = setsOf(snapshot, gateway).filter(({set}) => isAdmitted(snapshot, gateway, set) === true);
	return sets.length === 0
		? gateway
		: {
				...gateway,
				listeners: [...gateway.listeners, ...sets.flatMap(listenersOf)],
				listenerStatus: [...gateway.listenerStatus, ...sets.flatMap(statusOf)],
			};
});

type KindedSet = {readonly kind: ListenerSetKind; readonly set: ListenerSet};

function setsOf(snapshot: Snapshot, gateway: Gateway): readonly KindedSet[] {
	return admitsNone(gateway)
		? []
		: listenerSetKinds
				.flatMap((kind) => snapshot.list(kind).map((set) => ({kind, set})))
				.filter(({set}) => isParent(set, gateway))
				.toSorted(
					({set: left}, {set: right}) =>
						(left.createdAt ?? 0) - (right.createdAt ?? 0) || (nameOf(left) < nameOf(right) ? -1 : 1),
				);
}

function admitsNone({allowedListeners}: Gateway): boolean {
	return allowedListeners === undefined || allowedListeners.from === 'None';
}

function isParent({parentRef, namespace}: ListenerSet, gateway: Gateway): boolean {
	return parentRef.name === gateway.name && (parentRef.namespace ?? namespace) === gateway.namespace;
}

function nameOf({namespace, name}: ListenerSet): string {
	return `${namespace}/${name}`;
}

/** The controller's word where there is one, else what `allowedListeners` says. */
export function isAdmitted(snapshot: Snapshot, gateway: Gateway, set: ListenerSet): boolean | KindState {
	const accepted = findCondition(set.conditions, 'Accepted');
	return accepted && accepted.status !== 'Unknown' && !isBehind(accepted, set.generation)
		? accepted.status === 'True'
		: gateway.allowedListeners !== undefined &&
				admitsNamespace(snapshot, gateway.allowedListeners, {own: gateway.namespace, other: set.namespace});
}

/** Those of a Gateway that stand in it itself, or in one of its ListenerSets. */
export function listenersIn({listeners}: Gateway, {kind, namespace, name}: ObjectRef): readonly Listener[] {
	return listeners.filter(({set}) =>
		set ? set.kind === kind && set.namespace === namespace && set.name === name : kind === 'Gateway',
	);
}

/** As it stands in its object. */
export function plainName({set, name}: Listener): string {
	return set?.listener ?? name;
}

/** The object that a listener stands in. */
export function ownerOf({namespace, name}: Gateway, {set}: Listener): Required<ObjectRef> {
	return set
		? {kind: set.kind, namespace: set.namespace, name: set.name}
		: {kind: 'Gateway', namespace, name};
}

function listenersOf({kind, set}: KindedSet): readonly Listener[] {
	const {namespace, name} = set;
	return set.listeners.map((listener) => ({
		...listener,
		name: listenerName(set, listener.name),
		set: {kind, namespace, name, listener: listener.name},
	}));
}

function statusOf({set}: KindedSet): Gateway['listenerStatus'] {
	return set.listenerStatus.map((status) => ({...status, name: listenerName(set, status.name)}));
}

function listenerName(set: ListenerSet, name: string): string {
	return `${nameOf(set)}/${name}`;
}

/** ListenerSets may give the Gateway listeners that knet cannot see: they are not read, or the labels of their namespaces. */
export function unreadListenerSets(
	snapshot: Snapshot,
	gateway: Gateway,
): readonly {
	readonly kind: ListenerSetKind | 'Namespace';
	readonly state: KindState;
}[] {
	const unread = admitsNone(gateway)
		? []
		: listenerSetKinds
				.map((kind) => ({kind, state: snapshot.state(kind)}))
				.filter(({state}) => !isKnown(state));
	const unlabelled = setsOf(snapshot, gateway).flatMap(({set}) => {
		const admitted = isAdmitted(snapshot, gateway, set);
		return typeof admitted === 'object' ? [{kind: 'Namespace' as const, state: admitted}] : [];
	});
	return [...unread, ...unlabelled];
}
