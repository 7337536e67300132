import type {EvidenceField} from '../path/finding.ts';
import {mainFinding} from '../path/main-finding.ts';
import {refText, type ObjectRef} from '../model/ref.ts';
import type {ObjectLook} from '../session/object-look.ts';
import type {LookedAt} from '../session/state.ts';
import type {Model} from './model.ts';
import type {UiState} from './state.ts';

type Here = Pick<Model, 'hop' | 'path'>;

/** What there is to look at, what matters most first: objects that decided the hop, its own, and its pods. Never a Secret. */
function objectsHere({hop}: Here): readonly ObjectRef[] {
	const all = [...decidedBy(hop), ...(hop?.subject ? [hop.subject] : []), ...podsOf(hop)];
	return all.filter(isShowable).toSorted((a, b) => Number(a.kind === 'Event') - Number(b.kind === 'Event'));
}

function isShowable({kind}: ObjectRef): boolean {
	return kind !== 'Secret';
}

function isPod({kind}: ObjectRef): boolean {
	return kind === 'Pod';
}

/** Kinds that nothing writes events about. */
const silent: ReadonlySet<string> = new Set(['Secret', 'Event', 'EndpointSlice', 'ConfigMap']);

function hasEvents({kind}: ObjectRef): boolean {
	return !silent.has(kind);
}

/** Whose events say more: the pod that is to blame, else the first that decided and that has any. */
function eventsHere(model: Here): readonly ObjectRef[] {
	const pods = [...decidedBy(model.hop).filter(isPod), ...podsOf(model.hop)];
	return [...pods, ...objectsHere(model).filter(hasEvents)];
}

/** Hops whose pods are not those that the path leads to. */
const others: ReadonlySet<string> = new Set(['dns', 'load-balancer', 'controller']);

/** The pod whose log says more first: one that the hop's findings name, else one of the cause, else the first that is not ready. */
function podsHere({hop, path}: Here): readonly ObjectRef[] {
	const main = path && mainFinding(path);
	const ofPath = hop && others.has(hop.kind) ? undefined : path?.hops.find(({kind}) => kind === 'pod');
	return [
		...[...decidedBy(hop), ...refsOf(main?.finding.evidence ?? [])].filter(isPod),
		...podsOf(hop),
		...podsOf(ofPath),
	];
}

/** Whether an object has such a view. */
const hasView = {yaml: isShowable, describe: isShowable, events: hasEvents, log: isPod} as const;
const refsHere = {yaml: objectsHere, describe: objectsHere, events: eventsHere, log: podsHere} as const;

/**
What may be asked for, what matters most first; empty where there is nothing. A log is that of the container, and of the run, that
the findings speak of. The object that is shown stays among them
when the hop is decided by others since.
*/
export function looksFor(what: ObjectLook['what'], model: Here, shown?: ObjectRef): readonly ObjectLook[] {
	const refs = new Map(refsHere[what](model).map((ref) => [refText(ref), ref]));
	if (shown && hasView[what](shown)) {
		refs.set(refText(shown), shown);
	}

	const byObject = Map.groupBy(allFields(model), ({object}) => object);
	return [...refs].map(([text, ref]) => {
		const fields = byObject.get(text) ?? [];
		const container = fields
			.map(({path}) => /[cC]ontainer(?:Statuse)?s\[(?<name>[^\]]+)\]/u.exec(path)?.groups?.['name'])
			.find(Boolean);
		const previous = fields.some(({value}) => /CrashLoopBackOff|OOMKilled/u.test(value)) || undefined;
		return {what, ref, fields: fields.map(({path}) => path), container, previous};
	});
}

/** Whether `looksFor` finds something. Each picture asks it for four keys. */
export function hasLook(what: ObjectLook['what'], model: Here, shown?: ObjectRef): boolean {
	return (shown !== undefined && hasView[what](shown)) || refsHere[what](model).length > 0;
}

/** A log whose end is in sight is read again and again. That of a run that has ended stays as it is. */
export function isFollowed(overlay: UiState['overlay'], lookedAt: LookedAt | undefined): boolean {
	const isAtEnd = overlay?.kind === 'object' && overlay.top === undefined;
	return isAtEnd && lookedAt?.what === 'log' && !lookedAt.previous;
}

/** Asks once more for what is shown. */
export function lookAgain({what, ref, container, previous}: LookedAt): ObjectLook {
	return {what, ref, container, previous, fields: []};
}

function allFields({hop, path}: Here): readonly EvidenceField[] {
	const main = path && mainFinding(path);
	return [...fieldsOf(hop), ...(main?.finding.evidence ?? [])];
}

function fieldsOf(hop: Model['hop']): readonly EvidenceField[] {
	return hop?.findings.flatMap(({evidence}) => evidence) ?? [];
}

function decidedBy(hop: Model['hop']): readonly ObjectRef[] {
	return refsOf(fieldsOf(hop));
}

function refsOf(fields: readonly EvidenceField[]): readonly ObjectRef[] {
	return fields.flatMap(({object}) => refOfText(object) ?? []);
}

/** `Kind/namespace/name` or `Kind/name`; evidence of probes names a vantage instead. */
function refOfText(text: string): ObjectRef | undefined {
	const [kind = '', ...names] = text.split('/');
	if (!/^[A-Z][A-Za-z]+$/u.test(kind) || names.length === 0 || names.length > 2) {
		return undefined;
	}

	return names.length === 2 ? {kind, namespace: names[0], name: names[1]!} : {kind, name: names[0]!};
}

/** Those that are not ready first. */
function podsOf(hop: Model['hop']): readonly ObjectRef[] {
	const pods = hop?.details && 'pods' in hop.details ? (hop.details.pods ?? []) : [];
	const here = hop?.subject?.namespace;
	return pods
		.toSorted((a, b) => Number(a.ready) - Number(b.ready))
		.map(({namespace = here, name}) => ({kind: 'Pod', namespace, name}));
}
