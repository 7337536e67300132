import {kubectl} from '../../model/safe-text/command.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Controller} from '../../rules/controllers/record/controller.ts';
import {workloadOf} from '../../rules/controllers/record/workload-of.ts';
import type {Selected} from '../../rules/network-policy/foreign.ts';
import {allowsNothing, istioPoliciesOf} from '../../rules/network-policy/mesh-policies.ts';
import {type Finding, finding, objectField} from '../finding.ts';
import {controllerFindings} from './catalogue.ts';

/** Policies of the mesh that select the controller's own pods, which are as its workload makes them; else as `presumed`. */
export function proxyPoliciesOf(
	snapshot: Snapshot,
	controller: Controller,
	presumed?: Selected,
): readonly ObjectRef[] {
	const pod = proxyOf(snapshot, controller, presumed);
	return pod ? istioPoliciesOf(snapshot, pod) : [];
}

/**
The policy by which the controller's pods let nobody in: 403, RBAC: access denied (istio.io, Authorization Policy). Of pods that are
presumed not all labels are known: another policy may let clients in by one of those.
*/
export function proxyDenial(snapshot: Snapshot, controller: Controller): ObjectRef | undefined {
	const pod = proxyOf(snapshot, controller);
	const policy = pod && allowsNothing(snapshot, pod);
	return policy && refOf('AuthorizationPolicy', policy);
}

function proxyOf(snapshot: Snapshot, controller: Controller, presumed?: Selected): Selected | undefined {
	if (!controller.record.gateway?.obeysAuthorizationPolicies) {
		return undefined;
	}

	const workload = workloadOf(snapshot, controller);
	return workload ? {namespace: workload.namespace, labels: workload.templateLabels} : presumed;
}

export function denialText({kind, namespace, name}: ObjectRef): string {
	return `${kind} ${namespace}/${name} has no rule, and no other lets anybody in`;
}

/** All but the message of a finding about it. */
export function denialWords(
	policy: ObjectRef,
): Pick<Finding, 'severity' | 'evidence' | 'remedy' | 'command'> {
	return {
		severity: 'error',
		evidence: [objectField(policy, 'spec.rules', 'none')],
		remedy: 'Add an AuthorizationPolicy that admits the client.',
		command: kubectl(policy, 'get', 'authorizationpolicies', '-o', 'yaml'),
	};
}

/** KNET312: policies of the mesh for its gateway's own pods, which only ever refuse (istio.io, AuthorizationPolicy). */
export function proxyPolicies(snapshot: Snapshot, controller: Controller): readonly Finding[] {
	const denial = proxyDenial(snapshot, controller);
	if (denial) {
		return [
			finding(controllerFindings.proxyPolicies, {
				...denialWords(denial),
				message: `${denialText(denial)} to ${controller.workload?.name}.`,
			}),
		];
	}

	const found = proxyPoliciesOf(snapshot, controller);
	const [first] = found;
	return first
		? [
				finding(controllerFindings.proxyPolicies, {
					message: `${first.kind} ${first.namespace}/${first.name} selects the pods of ${controller.workload?.name}: it may refuse the request.`,
					evidence: found.map((policy) => objectField(policy, 'spec', 'selects the pods')),
					remedy: 'Compare its rules with the request, or send it: what is refused gets 403.',
					command: kubectl(first, 'get', 'authorizationpolicies', '-o', 'yaml'),
				}),
			]
		: [];
}
