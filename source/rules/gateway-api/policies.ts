import type {AttachedPolicy, PolicyAncestor, PolicyTarget} from '../../model/policies/attached-policy.ts';
import {matchesLabels} from '../../model/matching/label-selector.ts';
import {isBehind, type Condition, type Labels} from '../../model/meta.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Backend} from './backends.ts';

/** An object of the path that policies may hang on. */
export type Attachable = Required<ObjectRef> & {
	readonly labels: Labels;
	/** The listener, the rule or the port of a Service that the request takes; '' where it has no name. */
	readonly section?: string;
};

/** A policy on the path. */
export type PolicyOnPath = {
	readonly policy: AttachedPolicy;
	readonly target: Attachable;
	/** What the controller does not accept of it, or cannot resolve, at its present generation. */
	readonly refusal?: Condition;
	/** Controllers have said something of it, and this one has not. */
	readonly isUnheard: boolean;
};

/** Whose word counts: policies are accepted for each Gateway by its controller (GEP-713, PolicyAncestorStatus). */
type Ancestor = {
	readonly gateway: {readonly namespace: string; readonly name: string};
	readonly controllerName?: string;
};

/** Policies that target one of the objects, by name or by label, in its own namespace. */
export function policiesOn(
	snapshot: Snapshot,
	objects: readonly Attachable[],
	ancestor: Ancestor,
): readonly PolicyOnPath[] {
	return objects.flatMap((target) =>
		[
			...snapshot.list('AttachedPolicy', target.namespace),
			...snapshot.list('BackendTLSPolicy', target.namespace),
		]
			.filter(({targets}) => targets.some((each) => isTarget(each, target)))
			.map((policy) => ({
				policy,
				target,
				refusal: refusalOf(policy, ancestor),
				isUnheard: policy.ancestors.length > 0 && !policy.ancestors.some((each) => isMeant(each, ancestor)),
			})),
	);
}

/** A backend as policies are hung on it: on the Service, or on one of its ports by name (apis/v1 BackendTLSPolicy targetRefs). */
export function attachableOf(
	snapshot: Snapshot,
	{ref, namespace}: Pick<Backend, 'ref' | 'namespace'>,
): Attachable {
	const service = ref.kind === 'Service' ? snapshot.get('Service', namespace, ref.name) : undefined;
	const port = service?.ports.find((each) => each.port === ref.port);
	return {kind: ref.kind, namespace, name: ref.name, labels: service?.labels ?? {}, section: port?.name};
}

/** The BackendTLSPolicies that make a Gateway speak TLS to a backend. */
export function tlsPoliciesOf(snapshot: Snapshot, backend: Pick<Backend, 'ref' | 'namespace'>) {
	const target = attachableOf(snapshot, backend);
	return snapshot
		.list('BackendTLSPolicy', backend.namespace)
		.filter(({targets}) => targets.some((each) => isTarget(each, target)));
}

function isTarget({kind, name, matchLabels, sectionName}: PolicyTarget, target: Attachable): boolean {
	return (
		kind === target.kind &&
		(matchLabels ? matchesLabels(matchLabels, target.labels) : name === target.name) &&
		(sectionName === undefined || target.section === undefined || sectionName === target.section)
	);
}

function refusalOf({ancestors, generation}: AttachedPolicy, ancestor: Ancestor): Condition | undefined {
	const refused = ancestors
		.filter((each) => isMeant(each, ancestor))
		.flatMap(({conditions}) => conditions)
		.filter((condition) => condition.status === 'False' && !isBehind(condition, generation));
	return refused.find(({type}) => type === 'Accepted') ?? refused.find(({type}) => type === 'ResolvedRefs');
}

function isMeant({ref, controllerName}: PolicyAncestor, {gateway, ...ancestor}: Ancestor): boolean {
	const isOtherGateway =
		ref?.kind === 'Gateway' &&
		(ref.name !== gateway.name || (ref.namespace !== undefined && ref.namespace !== gateway.namespace));
	const isOtherController =
		controllerName !== undefined &&
		ancestor.controllerName !== undefined &&
		controllerName !== ancestor.controllerName;
	return !isOtherGateway && !isOtherController;
}
