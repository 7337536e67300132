import type {EvidenceField} from '../path/finding.ts';
import {mainFinding} from '../path/main-finding.ts';
import type {ObjectRef} from '../model/ref.ts';
import type {ObjectLook} from '../session/object-look.ts';
import type {LookedAt} from '../session/state.ts';
import type {Model} from './model.ts';
import type {UiState} from './state.ts';

type Here = Pick<Model, 'hop' | 'path'>;

/** What to look at: the object that decided the hop, the one of the cause first, else the hop's own. Never a Secret. */
export function objectHere({hop}: Here): ObjectRef | undefined {
	const decided = fieldsOf(hop).map(({object}) => refOfText(object));
	return [...decided, hop?.subject].find((ref) => ref !== undefined && ref.kind !== 'Secret');
}

/** Kinds that nothing writes events about. */
const silent: ReadonlySet<string> = new Set(['Secret', 'Event', 'EndpointSlice', 'ConfigMap']);

/** Whose events say more: the pod that is to blame, else the first that decided and that has any. */
export function eventsHere({hop}: Here): ObjectRef | undefined {
	const decided = fieldsOf(hop).map(({object}) => refOfText(object));
	return (
		decided.find((ref) => ref?.kind === 'Pod') ??
		firstPod(hop) ??
		[...decided, hop?.subject].find((ref) => ref !== undefined && !silent.has(ref.kind))
	);
}

/** Hops whose pods are not those that the path leads to. */
const others: ReadonlySet<string> = new Set(['dns', 'load-balancer', 'controller']);

/** The pod whose log says more: one that the hop's findings name, else one of the cause, else the first that is not ready. */
export function podHere({hop, path}: Here): ObjectRef | undefined {
	const main = path && mainFinding(path);
	const named = [...fieldsOf(hop), ...(main?.finding.evidence ?? [])].map(({object}) => refOfText(object));
	return (
		named.find((ref) => ref?.kind === 'Pod') ??
		firstPod(hop) ??
		(hop && others.has(hop.kind) ? undefined : firstPod(path?.hops.find(({kind}) => kind === 'pod')))
	);
}

const refHere = {yaml: objectHere, describe: objectHere, events: eventsHere, log: podHere} as const;

/** What is asked for: a log is that of the container, and of the run, that the findings speak of. */
export function lookFor(what: ObjectLook['what'], model: Here): ObjectLook | undefined {
	const ref = refHere[what](model);
	const fields = allFields(model).filter(
		({object}) =>
			ref !== undefined && object === `${ref.kind}/${ref.namespace ? `${ref.namespace}/` : ''}${ref.name}`,
	);
	if (!ref) {
		return undefined;
	}

	const container = fields
		.map(({path}) => /[cC]ontainer(?:Statuse)?s\[(?<name>[^\]]+)\]/u.exec(path)?.groups?.['name'])
		.find(Boolean);
	const previous = fields.some(({value}) => /CrashLoopBackOff|OOMKilled/u.test(value)) || undefined;
	return {what, ref, fields: fields.map(({path}) => path), container, previous};
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

/** `Kind/namespace/name` or `Kind/name`; evidence of probes names a vantage instead. */
function refOfText(text: string): ObjectRef | undefined {
	const [kind = '', ...names] = text.split('/');
	if (!/^[A-Z][A-Za-z]+$/u.test(kind) || names.length === 0 || names.length > 2) {
		return undefined;
	}

	return names.length === 2 ? {kind, namespace: names[0], name: names[1]!} : {kind, name: names[0]!};
}

function firstPod(hop: Model['hop']): ObjectRef | undefined {
	const pods = hop?.details && 'pods' in hop.details ? (hop.details.pods ?? []) : [];
	const pod = pods.find(({ready}) => !ready) ?? pods[0];
	const namespace = hop?.subject?.namespace;
	return pod && {kind: 'Pod', namespace: pod.namespace ?? namespace, name: pod.name};
}
