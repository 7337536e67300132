import {isOfConsul, isOfKuma, isOfLinkerd} from '../mesh/proxies.ts';
import type {ForeignPolicy} from '../../model/policies/network-policy.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {membershipOf} from '../mesh/membership.ts';
import {rootNamespace} from '../mesh/mesh-config.ts';
import {takes, type Selected} from './foreign.ts';
import {linkerdAdmits} from './linkerd-admits.ts';
import type {Party} from './party.ts';

type MeshPolicyKind =
	| 'AuthorizationPolicy'
	| 'LinkerdServer'
	| 'MeshTrafficPermission'
	| 'TrafficPermission'
	| 'ServiceIntentions';

type MeshPolicies = {
	readonly kind: MeshPolicyKind;
	/** As a person calls them. */
	readonly title: string;
	/** Whether the proxy of the mesh takes what arrives at the pod. */
	readonly isMember: (snapshot: Snapshot, pod: Pod) => boolean;
	/** Where policies for pods of a namespace may be; undefined is anywhere. */
	readonly places: (snapshot: Snapshot, namespace: string) => readonly (string | undefined)[];
};

/**
Source: istio.io, AuthorizationPolicy; linkerd.io, Authorization Policy; kuma.io, MeshTrafficPermission, and Policies, scope of
the system namespace; developer.hashicorp.com/consul, ServiceIntentions.
*/
const meshPolicies: readonly MeshPolicies[] = [
	{
		kind: 'AuthorizationPolicy',
		title: "Istio's AuthorizationPolicies",
		isMember: (snapshot, pod) => ['sidecar', 'ambient'].includes(membershipOf(snapshot, pod) ?? ''),
		places: istioPlaces,
	},
	{
		kind: 'LinkerdServer',
		title: "Linkerd's Servers",
		isMember: (_, pod) => isOfLinkerd(pod),
		places: (_, namespace) => [namespace],
	},
	{
		kind: 'MeshTrafficPermission',
		title: "Kuma's MeshTrafficPermissions",
		isMember: (_, pod) => isOfKuma(pod),
		places: (snapshot, namespace) => [namespace, ...systemNamespacesOfKuma(snapshot)],
	},
	{
		kind: 'TrafficPermission',
		title: "Kuma's TrafficPermissions",
		// The older kind: where it cannot be read, `kumaKindNeeded` says whether that matters.
		isMember: (snapshot, pod) => isOfKuma(pod) && isKnown(snapshot.state('TrafficPermission')),
		places: () => [undefined],
	},
	{
		kind: 'ServiceIntentions',
		title: "Consul's ServiceIntentions",
		isMember: (_, pod) => isOfConsul(pod),
		places: () => [undefined],
	},
];

/** Policies of its mesh for a pod. They matter to what the others admit: they only ever refuse. */
export function meshPoliciesOf(
	snapshot: Snapshot,
	pod: Pod,
	{client, port}: {readonly client: Party; readonly port: number | undefined},
): readonly ObjectRef[] {
	return meshPoliciesFor(snapshot, pod).flatMap(({kind, namespaces}) => {
		const policies = namespaces
			.flatMap((namespace) => snapshot.list(kind, namespace))
			.filter(
				(policy) =>
					isAboutPort(policy, pod, port) &&
					!isSureToDeny(snapshot, policy, pod) &&
					(kind !== 'LinkerdServer' || isUnsure(snapshot, policy, {pod, client})),
			);
		return selecting(snapshot, kind, policies, pod);
	});
}

/** Its authorizations are asked only where it may select the pod: there may be many Servers in a namespace. */
function isUnsure(
	snapshot: Snapshot,
	server: ForeignPolicy,
	{pod, client}: {readonly pod: Pod; readonly client: Party},
): boolean {
	return takes(snapshot, server, pod) !== 'no' && linkerdAdmits(snapshot, server, client) === 'unknown';
}

/** What is certain is told as a denial (`letsNobodyIn`, `denyingServer`). */
function isSureToDeny(snapshot: Snapshot, policy: ForeignPolicy, pod: Pod): boolean {
	return policy.allows === 'none' && takes(snapshot, policy, pod) === 'yes';
}

/**
An AuthorizationPolicy of Istio without rules, where no other one of action ALLOW may be about the pod: nothing is allowed (istio.io,
Authorization Policy, allow-nothing).
*/
export function letsNobodyIn(snapshot: Snapshot, pod: Pod): ForeignPolicy | undefined {
	const isMember = meshPoliciesFor(snapshot, pod).some(({kind}) => kind === 'AuthorizationPolicy');
	return isMember ? allowsNothing(snapshot, pod) : undefined;
}

/** The same, of a pod that surely obeys these policies: a proxy of Istio's, also one of a gateway. */
export function allowsNothing(snapshot: Snapshot, pod: Selected): ForeignPolicy | undefined {
	if (!isKnown(snapshot.state('AuthorizationPolicy'))) {
		return undefined;
	}

	const allowing = istioPlaces(snapshot, pod.namespace)
		.flatMap((namespace) => snapshot.list('AuthorizationPolicy', namespace))
		.filter(({allows, directions}) => allows !== undefined && directions.includes('Ingress'))
		.filter((policy) => takes(snapshot, policy, pod) !== 'no');
	return allowing.every(({allows}) => allows === 'none')
		? allowing.find((policy) => takes(snapshot, policy, pod) === 'yes')
		: undefined;
}

/** Whether a policy of Linkerd is about a port of a pod: by number, or by the name that a container gives it. */
export function isAboutPort(policy: ForeignPolicy, pod: Pod, port: number | undefined): boolean {
	const about = policy.port;
	return (
		about === undefined ||
		port === undefined ||
		about === port ||
		[...pod.containers, ...pod.initContainers].some(({ports}) =>
			ports.some(({name, containerPort}) => name === about && containerPort === port),
		)
	);
}

/** AuthorizationPolicies of Istio for a pod of a gateway. What comes from outside is refused by them too. */
export function istioPoliciesOf(snapshot: Snapshot, pod: Selected): readonly ObjectRef[] {
	const kind = 'AuthorizationPolicy';
	const policies = istioPlaces(snapshot, pod.namespace).flatMap((place) => snapshot.list(kind, place));
	return selecting(snapshot, kind, policies, pod);
}

function istioPlaces(snapshot: Snapshot, namespace: string): readonly string[] {
	return [...new Set([namespace, rootNamespace(snapshot)])];
}

function selecting(
	snapshot: Snapshot,
	kind: MeshPolicyKind,
	policies: readonly ForeignPolicy[],
	pod: Selected,
): readonly ObjectRef[] {
	const found = policies
		.filter((policy) => policy.directions.includes('Ingress'))
		.map((policy) => ({policy, takes: takes(snapshot, policy, pod)}))
		.filter((each) => each.takes !== 'no');
	// One that allows is enough (istio.io, Authorization Policy): the others of that action refuse nobody then.
	const isOpen = found.some((each) => each.takes === 'yes' && each.policy.allows === 'all');
	const isAnyLetIn = found.some((each) => each.takes === 'yes' && each.policy.allows === 'some');
	return found
		.filter(({policy}) => !isOpen || policy.allows === undefined)
		.filter(({policy}) => !isAnyLetIn || policy.allows !== 'none')
		.map(({policy}) => refOf(kind, policy));
}

/** Kinds of policy that the mesh of a pod reads, and where. */
export function meshPoliciesFor(
	snapshot: Snapshot,
	pod: Pod,
): readonly (Pick<MeshPolicies, 'kind' | 'title'> & {
	readonly namespaces: readonly (string | undefined)[];
})[] {
	return meshPolicies
		.filter(({isMember}) => isMember(snapshot, pod))
		.map(({kind, title, places}) => ({
			kind,
			title,
			namespaces: [...new Set(places(snapshot, pod.namespace))],
		}));
}

/** Whether there is any policy of a mesh. */
export function anyMeshPolicy(snapshot: Snapshot): boolean {
	return meshPolicies.some(({kind}) => snapshot.list(kind).length > 0);
}

/** Named so by the chart, or marked so. */
function systemNamespacesOfKuma(snapshot: Snapshot): readonly string[] {
	const marked = snapshot
		.list('Namespace')
		.filter(({labels}) => labels['kuma.io/system-namespace'] === 'true')
		.map(({name}) => name);
	return marked.length > 0 ? marked : ['kuma-system', 'kong-mesh-system'];
}
