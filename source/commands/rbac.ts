import {configMapNames, resourceOf} from '../cluster/kinds.ts';
import type {Kind} from '../model/kinds.ts';
import type {Terminal} from './terminal.ts';

/** Every walk reads these. Without one, hops that rest on it are unknown. */
const needed: readonly Kind[] = [
	'Namespace',
	'Node',
	'Service',
	'EndpointSlice',
	'Pod',
	'Ingress',
	'IngressClass',
];

/** These make it more certain: who runs a controller, why a pod is not ready, what a policy admits. */
const helpful: readonly Kind[] = [
	'Event',
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'ReplicaSet',
	'NetworkPolicy',
	'GatewayClass',
	'Gateway',
	'HTTPRoute',
	'GRPCRoute',
	'TLSRoute',
	'TCPRoute',
	'UDPRoute',
	'ReferenceGrant',
	'BackendTLSPolicy',
	'CiliumNetworkPolicy',
	'CiliumClusterwideNetworkPolicy',
	'CalicoNetworkPolicy',
	'CalicoGlobalNetworkPolicy',
	'FelixConfiguration',
	'AdminNetworkPolicy',
	'BaselineAdminNetworkPolicy',
];

/** `knet rbac`: the least ClusterRole that knet needs, as YAML to apply. Reads only. */
export function rbac({print}: Terminal): number {
	print(rbacText());
	return 0;
}

export function rbacText(): string {
	return `# The least that knet needs: it only reads. kubectl apply -f this, then bind it:
#   kubectl create clusterrolebinding knet --clusterrole knet --user YOU
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: knet
rules:
${rulesOf([...needed, ...helpful])}
  # How Services and DNS are made to work: these ConfigMaps alone.
  - apiGroups: [""]
    resources: [configmaps]
    resourceNames: [${configMapNames.join(', ')}]
    verbs: [get, list, watch]
  # Not needed, and not recommended: list on secrets. knet asks for their names alone, but the grant shows their data
  # to whoever has it. Without it, KNET407 (TLS Secret missing) is not said.
---
# Only for --probe: evidence through port-forwards, the pod proxy and kube-proxy's own rules. From Kubernetes 1.35
# port-forward and exec need "create".
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: knet-probe
rules:
  - apiGroups: [""]
    resources: [pods/portforward, pods/exec]
    verbs: [create, get]
  - apiGroups: [""]
    resources: [pods/proxy, services/proxy]
    verbs: [get]
`;
}

function rulesOf(kinds: readonly Kind[]): string {
	const byGroup = new Map<string, string[]>();
	for (const {name, apis} of kinds.map((kind) => resourceOf(kind))) {
		for (const group of new Set(
			apis.map((api) => (api.includes('/') ? api.slice(0, api.indexOf('/')) : '')),
		)) {
			byGroup.set(group, [...(byGroup.get(group) ?? []), name]);
		}
	}

	return [...byGroup]
		.map(
			([group, names]) =>
				`  - apiGroups: [${group === '' ? '""' : group}]\n    resources: [${[...new Set(names)].join(', ')}]\n    verbs: [get, list, watch]`,
		)
		.join('\n');
}
