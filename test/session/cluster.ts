const shared = `
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Node
metadata: {name: node-a}
status: {conditions: [{type: Ready, status: "True"}]}
---
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system, labels: {k8s-app: kube-dns}}
spec: {type: ClusterIP, clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10], ipFamilies: [IPv4], selector: {k8s-app: kube-dns}, ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53, protocol: TCP}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: kube-dns-x, namespace: kube-system, labels: {kubernetes.io/service-name: kube-dns, endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io}}
addressType: IPv4
ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53, protocol: TCP}]
endpoints: [{addresses: [10.244.9.9], conditions: {ready: true}, nodeName: node-a, targetRef: {kind: Pod, name: coredns-1, namespace: kube-system}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kube-proxy, namespace: kube-system}
data: {config.conf: "mode: iptables"}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: kube-proxy, namespace: kube-system}
spec: {template: {spec: {containers: [{name: kube-proxy, command: [kube-proxy, --config=/x]}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: kube-proxy-1, namespace: kube-system, ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: kube-proxy, uid: p, controller: true}]}
spec: {nodeName: node-a, containers: [{name: kube-proxy}]}
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
`;

function service(name: string, ready: boolean): string {
	return `---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop, uid: s-${name}, resourceVersion: "1"}
spec: {type: ClusterIP, clusterIP: 10.96.0.${name.length}, clusterIPs: [10.96.0.${name.length}], ipFamilies: [IPv4], selector: {app: ${name}}, ports: [{port: 80, targetPort: 8080, protocol: TCP}]}
---
apiVersion: v1
kind: Pod
metadata: {name: ${name}-1, namespace: shop, uid: p-${name}, resourceVersion: "${ready ? 1 : 2}", labels: {app: ${name}}}
spec: {nodeName: node-a, containers: [{name: app, image: app, ports: [{containerPort: 8080}], readinessProbe: {httpGet: {port: 8080}}}]}
status: {phase: Running, podIP: 10.244.0.${name.length}, podIPs: [{ip: 10.244.0.${name.length}}], conditions: [{type: Ready, status: "${ready ? 'True' : 'False'}"}, {type: ContainersReady, status: "${ready ? 'True' : 'False'}"}], containerStatuses: [{name: app, ready: ${ready}, restartCount: 0, image: app, imageID: app, state: {running: {}}}]}
${slice(name, ready)}`;
}

/** The EndpointSlice of a Service with one pod. */
function slice(name: string, ready: boolean): string {
	return `---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ${name}-x, namespace: shop, uid: e-${name}, resourceVersion: "${ready ? 1 : 2}", labels: {kubernetes.io/service-name: ${name}, endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io}}
addressType: IPv4
ports: [{name: "", port: 8080, protocol: TCP}]
endpoints: [{addresses: [10.244.0.${name.length}], conditions: {ready: ${ready}, serving: ${ready}, terminating: false}, nodeName: node-a, targetRef: {kind: Pod, name: ${name}-1, namespace: shop, uid: p-${name}}}]
`;
}

/** Two Services, web and api, with a ready pod each. */
export const shopYaml = shared + service('web', true) + service('api', true);

/** The API's pod stops being ready. */
export const apiDown = service('api', false);

/** And is ready again. */
export const apiUp = service('api', true);

/** So many endpoints that the entries of the shop are not walked in full. */
export const crowd = `---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: crowd-x, namespace: shop, uid: e-crowd, labels: {kubernetes.io/service-name: crowd}}
addressType: IPv4
ports: [{name: "", port: 8080, protocol: TCP}]
endpoints: [${Array.from({length: 1001}, (_, position) => `{addresses: [10.245.${position >> 8}.${position & 255}], conditions: {ready: true}}`).join(', ')}]
`;
