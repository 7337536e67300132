import {kubectl} from '../../model/command.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workload.ts';
import {membershipOf} from '../../rules/mesh/membership.ts';
import {rootNamespace} from '../../rules/mesh/mtls-mode.ts';
import {takes} from '../../rules/network-policy/foreign.ts';
import {type Finding, finding, objectField} from '../finding.ts';
import {controllerFindings} from './catalogue.ts';

/** KNET312: policies of the mesh for its gateway's own pods, which only ever refuse (istio.io, AuthorizationPolicy). */
export function proxyPolicies(snapshot: Snapshot, workload: Workload): readonly Finding[] {
	const found = policiesFor(snapshot, workload);
	const [first] = found;
	return first
		? [
				finding(controllerFindings.proxyPolicies, {
					message: `${first.kind} ${first.namespace}/${first.name} selects the pods of ${workload.name}: it may refuse the request.`,
					evidence: found.map((policy) => objectField(policy, 'spec', 'selects the pods')),
					remedy: 'Compare its rules with the request, or send it: what is refused gets 403.',
					command: kubectl({namespace: first.namespace ?? ''}, 'get', 'authorizationpolicies', '-o', 'yaml'),
				}),
			]
		: [];
}

function policiesFor(snapshot: Snapshot, workload: Workload): readonly ObjectRef[] {
	const places = new Set([workload.namespace, rootNamespace(snapshot)]);
	const policies = [...places].flatMap((namespace) => snapshot.list('AuthorizationPolicy', namespace));
	const [pair] = Object.entries(workload.selector.matchLabels);
	const pods = policies.length > 0 && pair ? snapshot.podsLabelled(workload.namespace, ...pair) : [];
	const [pod] = pods.filter((each) => membershipOf(snapshot, each) === 'gateway');
	return policies
		.filter((policy) => pod && policy.directions.includes('Ingress') && takes(snapshot, policy, pod) !== 'no')
		.map((policy) => refOf('AuthorizationPolicy', policy));
}
