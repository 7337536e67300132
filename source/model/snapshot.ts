import type {EvidenceReader} from './evidence.ts';
import type {KindMap} from './kind-map.ts';
import {partsOfPlace, placeOf, type Kind} from './kinds.ts';

/** How a reason begins where a request got no answer, and nothing else is known. */
export const noAnswer = 'the API server has not answered';

/**
What is known of one kind. Only `synced` (and `stale`, with its age said) lets an absent object count as missing:
unknown is not missing.
*/
export type KindState =
	/** Nothing whole was seen yet. `reason`: why the last attempt came to nothing. `waited`: after so many seconds nobody waits any more. */
	| {readonly state: 'connecting'; readonly reason?: string; readonly waited?: number}
	| {readonly state: 'synced'; readonly omitted?: readonly Omitted[]}
	/** The watch is down; what is held is as of `since` (milliseconds). */
	| {
			readonly state: 'stale';
			readonly since: number;
			readonly reason: string;
			readonly omitted?: readonly Omitted[];
	  }
	/** The API server refuses the list. `verb` and `resource` as RBAC names them. */
	| {readonly state: 'forbidden'; readonly resource: string; readonly group: string; readonly reason: string}
	/**
	`not-installed`: the server has no such API. `not-in-input`: the file or bundle holds no object of it, or of these
	namespaces `only`.
	*/
	| {
			readonly state: 'absent';
			readonly why: 'not-installed' | 'not-in-input';
			readonly only?: readonly string[];
	  }
	/** Nobody asked for it (yet). */
	| {readonly state: 'not-watched'};

/** An object that a list left out, because it was too large to be read. '' where its name or namespace could not be read. */
export type Omitted = {readonly namespace: string; readonly name: string; readonly bytes: number};

/** The read interface that a walk sees: immutable, with the time as a value. */
export type Snapshot = {
	/** Milliseconds since the epoch: the only clock of an evaluation. */
	readonly now: number;
	/** The same for every view of the same data. */
	readonly version: object;
	/** State of a kind, in one namespace where lists are made per namespace, and of one object where they are made by name. */
	state(kind: Kind, place?: string): KindState;
	get<K extends Kind>(kind: K, namespace: string, name: string): KindMap[K] | undefined;
	/** Objects of one namespace, or of all; in order of namespace and name. */
	list<K extends Kind>(kind: K, namespace?: string): readonly KindMap[K][];
	/** Slices labelled with the Service's name. */
	slicesOf(namespace: string, service: string): readonly KindMap['EndpointSlice'][];
	/** Pods with the label pair; the narrowest of several pairs is the caller's choice. */
	podsLabelled(namespace: string, key: string, value: string): readonly KindMap['Pod'][];
	podsWithIp(ip: string): readonly KindMap['Pod'][];
	/** Events about one object, newest last. */
	eventsOf(kind: string, namespace: string, name: string): readonly KindMap['Event'][];
	readonly evidence: EvidenceReader;
};

/** Whether a whole list is held, even an old one. */
export function isHeld(state: KindState | undefined): boolean {
	return state?.state === 'synced' || state?.state === 'stale';
}

/** What is known least comes first. */
const worstFirst: readonly KindState['state'][] = [
	'connecting',
	'not-watched',
	'forbidden',
	'absent',
	'stale',
	'synced',
];

/** The state of several list-watches together: the worst of them. */
export function worstState(states: readonly KindState[]): KindState {
	const worst = states.reduce((a, b) => (worstFirst.indexOf(b.state) < worstFirst.indexOf(a.state) ? b : a), {
		state: 'synced',
	});
	const omitted = states.flatMap(omittedOf);
	return isListed(worst) && omitted.length > 0 ? {...worst, omitted} : worst;
}

/** Whether a list was answered, even with a refusal. */
export function hasAnswer({state}: KindState): boolean {
	return state !== 'connecting' && state !== 'not-watched';
}

/** Whether the held objects of a kind are the whole truth (possibly an old one). */
export function isKnown(state: KindState): boolean {
	return (
		(isListed(state) && omittedOf(state).length === 0) ||
		(state.state === 'absent' && state.why === 'not-installed')
	);
}

function isListed(state: KindState): state is Extract<KindState, {readonly state: 'synced' | 'stale'}> {
	return state.state === 'synced' || state.state === 'stale';
}

/** What a list left out. */
export function omittedOf(state: KindState): readonly Omitted[] {
	return isListed(state) ? (state.omitted ?? []) : [];
}

/** A state of the whole cluster, for one place: what was left out elsewhere is of no matter. */
export function stateWithin(state: KindState, place: string): KindState {
	const omitted = omittedOf(state);
	if (omitted.length === 0 || !isListed(state)) {
		return state;
	}

	const {namespace} = partsOfPlace(place);
	const here = omitted.filter((each) => each.name === '' || each.namespace === namespace);
	return {...state, omitted: here.length > 0 ? here : undefined};
}

/** A look-up that keeps apart what is missing from what is unknown. */
export type Lookup<T> =
	| {readonly found: T}
	| {readonly missing: true}
	| {
			readonly unknown: KindState;
			readonly kind: Kind;
			readonly namespace: string;
	  };

export function lookup<K extends Kind>(
	snapshot: Snapshot,
	kind: K,
	namespace: string,
	name: string,
): Lookup<KindMap[K]> {
	const found = snapshot.get(kind, namespace, name);
	if (found) {
		return {found};
	}

	const state = snapshot.state(kind, placeOf(kind, namespace, name));
	const isOmitted = omittedOf(state).some(
		(each) => each.name === '' || (each.name === name && each.namespace === namespace),
	);
	return (isListed(state) && !isOmitted) || isKnown(state)
		? {missing: true}
		: {unknown: state, kind, namespace};
}
