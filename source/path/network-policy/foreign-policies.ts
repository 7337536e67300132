import {refOf, refText} from '../../model/ref.ts';
import {kubectl} from '../../model/command.ts';
import type {Kind, KindMap} from '../../model/kinds.ts';
import type {ForeignPolicy} from '../../model/network-policy.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {type Finding, finding} from '../finding.ts';
import {namesOf} from '../words.ts';
import {networkPolicyFindings} from './catalogue.ts';

type ForeignKind = {[K in Kind]: KindMap[K] extends ForeignPolicy ? K : never}[Kind];

const inNamespace = ['CiliumNetworkPolicy', 'CalicoNetworkPolicy'] as const satisfies readonly ForeignKind[];
const inCluster = [
	'CiliumClusterwideNetworkPolicy',
	'CalicoGlobalNetworkPolicy',
	'AdminNetworkPolicy',
	'BaselineAdminNetworkPolicy',
] as const satisfies readonly ForeignKind[];

/**
KNET806 for policies of other APIs. Those of the pods' own namespaces make the verdict undecidable; those of the whole
cluster are named only, since most select other pods.
*/
export function foreignPolicies(snapshot: Snapshot, namespaces: readonly string[]): readonly Finding[] {
	const near = inNamespace.flatMap((kind) =>
		namespaces.flatMap((namespace) => snapshot.list(kind, namespace).map((policy) => ({kind, policy}))),
	);
	const far = inCluster.flatMap((kind) => snapshot.list(kind).map((policy) => ({kind, policy})));
	const found = near.length > 0 ? near : far;
	if (found.length === 0) {
		return [];
	}

	const names = namesOf(found.map(({kind, policy}) => `${kind} ${policy.name}`));
	return [
		finding(networkPolicyFindings.policyUndecidable, {
			message: `${names} may also select these pods; knet does not evaluate them.`,
			evidence: found.slice(0, 5).map(({kind, policy}) => ({
				object: refText(refOf(kind, policy)),
				path: 'apiVersion',
				value: policy.api,
			})),
			remedy: 'Read these policies, or probe the connection from the client.',
			command: showCommand(found),
			...(near.length > 0 ? {} : {severity: 'info' as const}),
		}),
	];
}

function showCommand(found: readonly {readonly kind: ForeignKind; readonly policy: ForeignPolicy}[]): string {
	const resources = [...new Set(found.map(({kind}) => `${kind.replace(/^Calico/u, '').toLowerCase()}s`))];
	const [first] = found;
	return kubectl({namespace: first?.policy.namespace}, 'get', resources.join(','), '-o', 'yaml');
}
