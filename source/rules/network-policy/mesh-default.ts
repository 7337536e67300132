import type {ConfigMap} from '../../model/settings/config-map.ts';
import type {Kind} from '../../model/kinds.ts';
import type {KumaMesh} from '../../model/policies/kuma-mesh.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {takes} from './foreign.ts';
import {letsNobodyIn} from './mesh-policies.ts';
import {isOfConsul, isOfKuma} from '../mesh/proxies.ts';

/** A mesh whose proxies admit nobody unless a policy does. */
export type MeshDefault = {
	/** Name of the mesh. */
	readonly mesh: string;
	/** What makes its proxies deny: mutual TLS that is on, or a policy that is set so. */
	readonly because: 'mutual-tls' | 'default-deny' | 'no-rule';
	/** The kind of policy that would admit a client. */
	readonly kind: 'MeshTrafficPermission' | 'ServiceIntentions' | 'AuthorizationPolicy';
	readonly by: ObjectRef;
	readonly path: string;
	readonly value: string;
	/** What admits may also be where no object of the cluster shows it. */
	readonly isHidden: boolean;
};

/** The mesh of a pod that admits nobody to it: no policy is about the pod, and the default is to deny. */
export function denyingMesh(snapshot: Snapshot, pod: Pod): MeshDefault | undefined {
	if (isOfKuma(pod)) {
		return ofKuma(snapshot, pod);
	}

	return isOfConsul(pod) ? ofConsul(snapshot, pod) : ofIstio(snapshot, pod);
}

function ofIstio(snapshot: Snapshot, pod: Pod): MeshDefault | undefined {
	const policy = letsNobodyIn(snapshot, pod);
	return (
		policy && {
			mesh: 'Istio',
			because: 'no-rule',
			kind: 'AuthorizationPolicy',
			by: refOf('AuthorizationPolicy', policy),
			path: 'spec.rules',
			value: 'none',
			isHidden: false,
		}
	);
}

/** Since 2.6 no permission is made with a mesh, and with mTLS on proxies ask for one (kuma.io, Mutual TLS; MeshTrafficPermission). */
function ofKuma(snapshot: Snapshot, pod: Pod): MeshDefault | undefined {
	const mesh = isPassedByKuma(pod) ? undefined : strictMeshOf(snapshot, pod);
	return mesh && isNobodyNamed(snapshot, 'TrafficPermission', pod)
		? {
				mesh: 'Kuma',
				because: 'mutual-tls',
				kind: 'MeshTrafficPermission',
				by: {kind: 'Mesh', namespace: '', name: mesh.name},
				path: 'spec.mtls.enabledBackend',
				value: mesh.mtls,
				isHidden: false,
			}
		: undefined;
}

function isPassedByKuma({annotations}: Pod): boolean {
	return annotations['kuma.io/gateway'] !== undefined;
}

/** The Mesh of a pod, where it has mTLS on and no MeshTrafficPermission is about the pod. */
function strictMeshOf(snapshot: Snapshot, pod: Pod): KumaMesh | undefined {
	const labels = snapshot.get('Namespace', '', pod.namespace)?.labels ?? {};
	const name =
		pod.annotations['kuma.io/mesh'] ?? pod.labels['kuma.io/mesh'] ?? labels['kuma.io/mesh'] ?? 'default';
	const mesh = snapshot.get('KumaMesh', '', name);
	return mesh && mesh.mtls !== '' && isNobodyNamed(snapshot, 'MeshTrafficPermission', pod) ? mesh : undefined;
}

/**
The kind without which it is not known whether Kuma's proxy of a pod admits anybody: its Mesh says whether mTLS is on, and a
TrafficPermission, the older policy, may admit what no newer one does.
*/
export function kumaKindNeeded(snapshot: Snapshot, pod: Pod): 'KumaMesh' | 'TrafficPermission' | undefined {
	if (!isOfKuma(pod) || isPassedByKuma(pod)) {
		return undefined;
	}

	if (!isKnown(snapshot.state('KumaMesh'))) {
		return 'KumaMesh';
	}

	return strictMeshOf(snapshot, pod) && !isKnown(snapshot.state('TrafficPermission'))
		? 'TrafficPermission'
		: undefined;
}

/** Where no intention is about the pod, the default of the ACLs holds (developer.hashicorp.com/consul, Service intentions, default). */
function ofConsul(snapshot: Snapshot, pod: Pod): MeshDefault | undefined {
	const config = denyingAcls(snapshot);
	return config !== undefined && isNobodyNamed(snapshot, 'ServiceIntentions', pod)
		? {
				mesh: 'Consul',
				because: 'default-deny',
				kind: 'ServiceIntentions',
				by: refOf('ConfigMap', config),
				path: 'data[acl-config.json]',
				value: 'deny',
				// Consul's own command and UI write intentions too.
				isHidden: true,
			}
		: undefined;
}

/** Whether the proxies of any mesh may admit nobody by default. */
export function anyDenyingMesh(snapshot: Snapshot): boolean {
	return (
		snapshot.list('KumaMesh').some(({mtls}) => mtls !== '') ||
		(!isKnown(snapshot.state('KumaMesh')) && hasKuma(snapshot)) ||
		denyingAcls(snapshot) !== undefined
	);
}

/** Namespaces show it without any pod: that of its control plane, and those in which it adds its proxy (kuma.io, Data plane proxy on Kubernetes). */
function hasKuma(snapshot: Snapshot): boolean {
	return snapshot
		.list('Namespace')
		.some(
			({labels}) =>
				labels['kuma.io/system-namespace'] === 'true' || labels['kuma.io/sidecar-injection'] === 'enabled',
		);
}

/** The ConfigMap of Consul's servers, where it denies by default. */
function denyingAcls(snapshot: Snapshot): ConfigMap | undefined {
	return snapshot
		.list('StatefulSet')
		.filter(
			({templateLabels}) => templateLabels['app'] === 'consul' && templateLabels['component'] === 'server',
		)
		.flatMap(({namespace, name}) => snapshot.get('ConfigMap', namespace, `${name}-config`) ?? [])
		.find(({data}) => data['acl-config.json']?.includes('"deny"'));
}

function isNobodyNamed(
	snapshot: Snapshot,
	kind: Extract<Kind, 'MeshTrafficPermission' | 'TrafficPermission' | 'ServiceIntentions'>,
	pod: Pod,
): boolean {
	return (
		isKnown(snapshot.state(kind)) &&
		snapshot.list(kind).every((policy) => takes(snapshot, policy, pod) === 'no')
	);
}
