import type {Evidence, RuleSet, RulesObservation} from '../../../source/model/evidence.ts';
import type {Snapshot} from '../../../source/model/snapshot.ts';
import type {Finding} from '../../../source/path/finding.ts';
import type {Hop} from '../../../source/path/hop.ts';
import type {KubeProxyInput} from '../../../source/path/kube-proxy/context.ts';
import type {HopEvaluation, HopContext} from '../../../source/path/hop-evaluator.ts';
import {endpointsEvaluator} from '../../../source/path/endpoints/evaluate.ts';
import {kubeProxyEvaluator} from '../../../source/path/kube-proxy/evaluate.ts';
import {noon, snapshotOf} from '../../helpers/snapshot.ts';
import type {Source} from '../../../source/model/request.ts';
import type {ExposureType} from '../../../source/rules/kube-proxy/exposure-type.ts';

/** Three nodes in two zones, and a client pod on each of the outer two. */
export const nodes = `
apiVersion: v1
kind: Node
metadata: {name: node-a, labels: {topology.kubernetes.io/zone: zone-1}}
status: {addresses: [{type: InternalIP, address: 10.89.0.11}], conditions: [{type: Ready, status: "True"}], nodeInfo: {kubeletVersion: v1.35.0}}
---
apiVersion: v1
kind: Node
metadata: {name: node-b, labels: {topology.kubernetes.io/zone: zone-1}}
status: {addresses: [{type: InternalIP, address: 10.89.0.12}], conditions: [{type: Ready, status: "True"}], nodeInfo: {kubeletVersion: v1.35.0}}
---
apiVersion: v1
kind: Node
metadata: {name: node-c, labels: {topology.kubernetes.io/zone: zone-2}}
status: {addresses: [{type: InternalIP, address: 10.89.0.13}], conditions: [{type: Ready, status: "True"}], nodeInfo: {kubeletVersion: v1.35.0}}
---
apiVersion: v1
kind: Pod
metadata: {name: client-a, namespace: shop}
spec: {nodeName: node-a, containers: [{name: main, image: x}]}
status: {phase: Running, podIPs: [{ip: 10.244.1.9}], conditions: [{type: Ready, status: "True"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client-c, namespace: shop}
spec: {nodeName: node-c, containers: [{name: main, image: x}]}
status: {phase: Running, podIPs: [{ip: 10.244.3.9}], conditions: [{type: Ready, status: "True"}]}
---
`;

const proxyPod = (node: string, ready: boolean): string => `
apiVersion: v1
kind: Pod
metadata:
  name: kube-proxy-${node}
  namespace: kube-system
  labels: {k8s-app: kube-proxy}
  ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: kube-proxy, uid: ds, controller: true}]
spec: {nodeName: ${node}, hostNetwork: true, containers: [{name: kube-proxy, image: x}]}
status: {phase: Running, conditions: [{type: Ready, status: "${ready ? 'True' : 'False'}"}]}
---`;

/** kube-proxy as kubeadm runs it. `notOn`: nodes on which its pod is not Ready. */
export function kubeProxy(mode: string, notOn: readonly string[] = []): string {
	return `
apiVersion: v1
kind: ConfigMap
metadata: {name: kube-proxy, namespace: kube-system}
data:
  config.conf: |
    apiVersion: kubeproxy.config.k8s.io/v1alpha1
    kind: KubeProxyConfiguration
    clusterCIDR: 10.244.0.0/16
    mode: "${mode}"
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: kube-proxy, namespace: kube-system, uid: ds, labels: {k8s-app: kube-proxy}}
spec:
  selector: {matchLabels: {k8s-app: kube-proxy}}
  template:
    metadata: {labels: {k8s-app: kube-proxy}}
    spec: {containers: [{name: kube-proxy, image: x, command: [/usr/local/bin/kube-proxy, --config=/var/lib/kube-proxy/config.conf]}]}
---
${['node-a', 'node-b', 'node-c'].map((node) => proxyPod(node, !notOn.includes(node))).join('\n')}
`;
}

/** A Service with one port http 80 → 8080; `spec` in flow style, without its braces. */
export function service(spec = '', more = ''): string {
	return `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, uid: svc, resourceVersion: "5", creationTimestamp: "2026-01-01T10:00:00Z"${more}}
spec: {clusterIP: 10.96.0.7, ipFamilies: [IPv4], selector: {app: web}, ${spec === '' ? '' : `${spec}, `}ports: [{name: http, port: 80, targetPort: 8080, nodePort: ${spec.includes('type:') ? 30080 : 0}}]}
status: {loadBalancer: {ingress: ${spec.includes('LoadBalancer') ? '[{ip: 192.0.2.9}]' : '[]'}}}
---
`;
}

/** An endpoint each: its node, and what differs from ready. */
export function slice(endpoints: readonly string[], changed = '2026-01-01T10:00:00Z'): string {
	const listed = endpoints.map((text, index) => {
		const [node = '', ...rest] = text.split(' ');
		const conditions = rest.includes('terminating')
			? '{ready: false, serving: true, terminating: true}'
			: `{ready: ${!rest.includes('unready')}, serving: ${!rest.includes('unready')}, terminating: false}`;
		const zone = rest.find((word) => word.startsWith('zone-'));
		const hints = zone ? `, hints: {forZones: [{name: ${zone}}]}` : '';
		const place = node === '-' ? '' : `, nodeName: ${node}`;
		return `{addresses: [10.244.9.${index + 1}], conditions: ${conditions}${place}${hints}}`;
	});
	return `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: web-1
  namespace: shop
  resourceVersion: "6"
  labels: {kubernetes.io/service-name: web}
  annotations: {endpoints.kubernetes.io/last-change-trigger-time: "${changed}"}
addressType: IPv4
ports: [{name: http, port: 8080, protocol: TCP}]
endpoints: [${listed.join(', ')}]
---
`;
}

/** What was read on a node: where it sends, by the last part of the address. */
export function rules(
	node: string,
	found: Partial<RuleSet['services'][string]> | undefined,
): RulesObservation {
	const entry = {backends: [], external: [], rejects: false, drops: false, ...found};
	return {
		type: 'rules',
		at: noon - 1000,
		vantage: {type: 'node', node},
		subject: {node},
		result: {
			mode: 'iptables',
			families: ['IPv4'],
			services: found ? {'shop/web:http/TCP': entry} : {},
			unread: [],
		},
		of: {},
	};
}

export function to(...last: readonly number[]): RuleSet['services'][string]['backends'] {
	return last.map((number) => ({address: `10.244.9.${number}`, port: 8080, probability: 1 / last.length}));
}

type Requested = {
	readonly from?: Source;
	readonly exposureType?: ExposureType;
	readonly evidence?: readonly Evidence[];
	readonly detail?: HopContext['detail'];
	readonly states?: Parameters<typeof snapshotOf>[1] extends (infer Options) | undefined
		? Options extends {readonly states?: infer States}
			? States
			: never
		: never;
	readonly bypassed?: KubeProxyInput['bypassed'];
};

export const fromA: Source = {kind: 'pod', namespace: 'shop', name: 'client-a'};
export const fromC: Source = {kind: 'pod', namespace: 'shop', name: 'client-c'};

export function hopContextOf(
	snapshot: Snapshot,
	{from = {kind: 'node'}, detail = 'full'}: Requested,
): HopContext {
	return {snapshot, source: from, client: from, detail};
}

/** The kube-proxy hop of Service shop/web in a cluster of these objects. */
export function resolveProxy(yaml: string, requested: Requested = {}): HopEvaluation<'kube-proxy'> {
	const snapshot = snapshotOf(yaml, {evidence: [...(requested.evidence ?? [])], states: requested.states});
	const hopContext = hopContextOf(snapshot, requested);
	const found = snapshot.get('Service', 'shop', 'web')!;
	const [port = {name: '', port: 0, protocol: 'TCP' as const, targetPort: 0}] = found.ports;
	return kubeProxyEvaluator.evaluate(hopContext, {
		service: found,
		port,
		endpoints: endpointsEvaluator.evaluate(hopContext, {service: found, port}).endpoints,
		exposureType: requested.exposureType ?? 'cluster-ip',
		bypassed: requested.bypassed,
	});
}

/** Code and severity of each finding. */
export function codes({findings}: Hop): readonly string[] {
	return findings.map(
		({code, severity, undecided}: Finding) => `${code} ${undecided ? 'unknown' : severity}`,
	);
}
