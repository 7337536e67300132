import {expect, test} from 'vitest';
import {clusterParts} from '../../../source/path/walk/cluster-parts.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

function proxyWith(status: string) {
	const snapshot = snapshotOf(`
{apiVersion: v1, kind: Node, metadata: {name: node-a}, status: {conditions: [{type: Ready, status: "True"}]}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: kube-proxy, namespace: kube-system, labels: {k8s-app: kube-proxy}}
spec:
  selector: {matchLabels: {k8s-app: kube-proxy}}
  template:
    metadata: {labels: {k8s-app: kube-proxy}}
    spec: {containers: [{name: kube-proxy, image: "registry.k8s.io/kube-proxy:v1.35.0"}]}
status: ${status}
---
apiVersion: v1
kind: Pod
metadata:
  name: kube-proxy-a
  namespace: kube-system
  labels: {k8s-app: kube-proxy}
  ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: kube-proxy, uid: u, controller: true}]
spec: {nodeName: node-a, containers: [{name: kube-proxy, image: "registry.k8s.io/kube-proxy:v1.35.0"}]}
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kube-proxy, namespace: kube-system}
data: {config.conf: "mode: iptables"}
`);
	return clusterParts(snapshot).find(({part}) => part === 'kube-proxy');
}

test('a kube-proxy that wants a node and is not ready is broken', () => {
	expect(proxyWith('{desiredNumberScheduled: 1, numberReady: 0}')).toMatchObject({
		verdict: 'broken',
		short: '0/1',
	});
});

test.each([
	['{}', 'DaemonSet kube-proxy is a manifest: no server has seen it'],
	['{desiredNumberScheduled: 0, numberReady: 0}', 'unknown'],
])('a kube-proxy that wants no node proves nothing: status %s', (status, text) => {
	expect(proxyWith(status)).toMatchObject({
		verdict: 'unknown',
		short: '',
		text,
	});
});

test('a controller whose own image is another one is known by the workloads it runs for a Gateway', () => {
	const snapshot = snapshotOf(`
apiVersion: apps/v1
kind: Deployment
metadata:
  name: envoy-shared
  namespace: envoy-gateway-system
  labels: {gateway.envoyproxy.io/owning-gateway-name: shared}
spec:
  replicas: 2
  selector: {matchLabels: {app: envoy}}
  template: {metadata: {labels: {app: envoy}}, spec: {containers: [{name: envoy, image: "mirror.example.com/envoy:1"}]}}
status: {readyReplicas: 2}
`);
	expect(clusterParts(snapshot)).toContainEqual({
		part: 'controllers',
		verdict: 'ok',
		short: '2/2',
		text: 'Envoy Gateway 2/2',
	});
});
