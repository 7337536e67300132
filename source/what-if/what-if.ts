import {placeOf, type Kind} from '../model/kinds.ts';
import {refOf, refText} from '../model/ref.ts';
import {isKnown, type Snapshot} from '../model/snapshot.ts';
import type {Pod} from '../model/workloads/pod.ts';
import type {Workload} from '../model/workloads/workload.ts';
import {applied} from './applied.ts';
import {createDraft, type Draft} from './draft.ts';
import type {Edit} from './edit.ts';
import {inferSlices} from './infer-slices.ts';
import {podsOf, rolledOut, scaledDown, scaledUp, started, type Named} from './pods.ts';

export type WhatIf = {
	readonly snapshot: Snapshot;
	/** Sentences: what no object says, and was taken for true. */
	readonly assumed: readonly string[];
	/** Edits of objects that there are not. */
	readonly problems: readonly Problem[];
};

/** An object that is not there: a sentence, and where to look for it. */
type Problem = {
	readonly sentence: string;
	readonly kind: Kind;
	readonly namespace: string;
	readonly name: string;
};

/** The cluster after edits, as far as it can be inferred. Evidence of the live one says nothing about it. */
export function whatIf(base: Snapshot, edits: readonly Edit[]): WhatIf {
	const {draft, assumed} = createDraft(base);
	const problems = edits.flatMap((edit) => make(edit, draft) ?? []);
	inferSlices(base, draft);
	return {snapshot: draft.snapshot(), assumed: [...assumed], problems};
}

/** Makes one edit; the problem where it cannot be made. */
function make(edit: Edit, draft: Draft): Problem | undefined {
	switch (edit.type) {
		case 'apply':
			return apply(edit, draft);
		case 'delete':
			return remove(edit, draft);
		case 'scale':
			return scale(edit, draft);
		case 'drain':
			return drain(edit.node, draft);
	}
}

function apply({kind, object}: Extract<Edit, {type: 'apply'}>, draft: Draft): undefined {
	const there = draft.snapshot().get(kind, object.namespace, object.name);
	const after = applied(kind, object, there);
	if (kind === 'Pod' && !there) {
		draft.assume(`${refText(refOf(kind, object))} becomes ready.`);
		const made = draft
			.snapshot()
			.list('Pod', object.namespace)
			.filter(({uid}) => uid === '');
		draft.put(kind, started(after as Pod, made.length));
		return;
	}

	if (isWorkloadKind(kind)) {
		roll({kind, workload: after as Workload}, there as Workload | undefined, draft);
	} else if (there && hasStatus(kind)) {
		draft.assume(
			`The status of ${refText(refOf(kind, object))} is as it is now: its controller may judge the change.`,
		);
	}

	draft.put(kind, after);
}

const workloadKinds: ReadonlySet<Kind> = new Set<Kind>([
	'Deployment',
	'StatefulSet',
	'ReplicaSet',
	'DaemonSet',
]);

function isWorkloadKind(kind: Kind): kind is Named['kind'] {
	return workloadKinds.has(kind);
}

function hasStatus(kind: Kind): boolean {
	return /^(?:Gateway|ListenerSet|\w+Route)$/u.test(kind);
}

/** Pods follow the template of their workload, and its number. */
function roll(named: Named, there: Workload | undefined, draft: Draft): void {
	const {kind, workload} = named;
	const pods = there ? podsOf(draft.snapshot(), {kind, workload: there}) : [];
	const isOther = JSON.stringify(template(there)) !== JSON.stringify(template(workload));
	if (pods.length > 0 && isOther) {
		draft.assume(
			`Pods of ${refText(refOf(kind, workload))} get its new template and become as ready as now.`,
		);
		pods.forEach((pod) => draft.put('Pod', rolledOut(pod, workload)));
	}

	if (kind !== 'DaemonSet' && (there === undefined || there.replicas !== workload.replicas)) {
		toReplicas({kind, workload}, pods.length, draft);
	}
}

/** What a manifest says of a container. */
function template(workload: Workload | undefined): unknown {
	return (
		workload && [
			workload.templateLabels,
			workload.containers.map(({name, image, ports, readinessProbe}) => ({
				name,
				image,
				ports,
				readinessProbe,
			})),
		]
	);
}

function toReplicas(named: Named, had: number, draft: Draft): void {
	const {kind, workload} = named;
	const pods = podsOf(draft.snapshot(), named);
	const {replicas, namespace} = workload;
	const ref = refText(refOf(kind, workload));
	if (!isKnown(draft.snapshot().state('Pod', namespace))) {
		draft.assume(`The pods of ${ref} are not known: nothing follows from its number.`);
		return;
	}

	if (replicas > had) {
		const node = draft
			.snapshot()
			.list('Node')
			.find(({ready, unschedulable}) => ready && !unschedulable)?.name;
		draft.assume(`New pods of ${ref} become ready${pods.length > 0 ? ', on the node of the others' : ''}.`);
		scaledUp(named, {pods, count: replicas - had, node}).forEach((pod) => draft.put('Pod', pod));
	} else if (replicas < had) {
		draft.assume(`Of ${ref} the pods that serve least go first, then the newest.`);
		scaledDown(pods, replicas).forEach(({name}) => draft.drop('Pod', namespace, name));
	}
}

function scale(
	{kind, namespace, name, replicas}: Extract<Edit, {type: 'scale'}>,
	draft: Draft,
): Problem | undefined {
	const there: Workload | undefined = draft.snapshot().get(kind, namespace, name);
	if (!there) {
		return notThere(draft.snapshot(), kind, namespace, name);
	}

	const workload = {...there, replicas};
	const had = podsOf(draft.snapshot(), {kind, workload}).length;
	draft.put(kind, workload);
	toReplicas({kind, workload}, had, draft);
	return undefined;
}

function remove({kind, namespace, name}: Extract<Edit, {type: 'delete'}>, draft: Draft): Problem | undefined {
	const snapshot = draft.snapshot();
	const there = snapshot.get(kind, namespace, name);
	if (!there) {
		return notThere(snapshot, kind, namespace, name);
	}

	draft.drop(kind, namespace, name);
	if (isWorkloadKind(kind)) {
		podsOf(snapshot, {kind, workload: there as Workload}).forEach((pod) =>
			draft.drop('Pod', namespace, pod.name),
		);
	}

	if (kind === 'Service') {
		snapshot.slicesOf(namespace, name).forEach((slice) => draft.drop('EndpointSlice', namespace, slice.name));
	}

	return undefined;
}

/** Pods of DaemonSets and of no controller's doing stay (kubectl drain --ignore-daemonsets); others go for now. */
function drain(name: string, draft: Draft): Problem | undefined {
	const snapshot = draft.snapshot();
	const node = snapshot.get('Node', '', name);
	if (!node) {
		return notThere(snapshot, 'Node', '', name);
	}

	draft.put('Node', {...node, unschedulable: true});
	draft.assume(`The pods that leave Node ${name} are not ready anywhere else yet.`);
	snapshot
		.list('Pod')
		.filter(({nodeName, owner}) => nodeName === name && owner?.kind !== 'DaemonSet' && owner?.kind !== 'Node')
		.forEach((pod) => draft.drop('Pod', pod.namespace, pod.name));
	return undefined;
}

function notThere(snapshot: Snapshot, kind: Kind, namespace: string, name: string): Problem {
	const place = namespace === '' ? '' : ` in namespace ${namespace}`;
	const known = isKnown(snapshot.state(kind, namespace === '' ? undefined : placeOf(kind, namespace, name)));
	const sentence = known
		? `There is no ${kind} ${name}${place}`
		: `Whether there is a ${kind} ${name}${place} is not known`;
	return {sentence, kind, namespace, name};
}
