import type {DnsAnswer, DnsObservation} from '../../../source/model/evidence.ts';
import {noon} from '../../helpers/snapshot.ts';

/** A cluster with two healthy DNS pods and kubeadm's Corefile. */
export const healthyDns = `
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system, labels: {k8s-app: kube-dns}}
spec:
  clusterIP: 10.96.0.10
  clusterIPs: [10.96.0.10]
  selector: {k8s-app: kube-dns}
  ports:
    - {name: dns, port: 53, protocol: UDP}
    - {name: dns-tcp, port: 53, protocol: TCP}
---
${dnsSlice([true, true])}
---
${dnsPod('coredns-1', '10.244.1.2')}
---
${dnsPod('coredns-2', '10.244.2.2')}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
        errors
        kubernetes cluster.local in-addr.arpa ip6.arpa {
           pods insecure
           fallthrough in-addr.arpa ip6.arpa
           ttl 30
        }
        forward . /etc/resolv.conf
        cache 30
    }
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Namespace
metadata: {name: kube-system}
`;

/** The slice of the DNS Service; one flag a pod. */
export function dnsSlice(ready: readonly boolean[]): string {
	const endpoints = ready.map(
		(flag, index) =>
			`  - {addresses: [10.244.${index + 1}.2], conditions: {ready: ${flag}, serving: ${flag}}, targetRef: {kind: Pod, namespace: kube-system, name: coredns-${index + 1}}}`,
	);
	return `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: kube-dns-1, namespace: kube-system, labels: {kubernetes.io/service-name: kube-dns}}
addressType: IPv4
ports:
  - {name: dns, port: 53, protocol: UDP}
  - {name: dns-tcp, port: 53, protocol: TCP}
endpoints:${endpoints.length === 0 ? ' []' : `\n${endpoints.join('\n')}`}`;
}

export function dnsPod(name: string, ip: string, status = ''): string {
	return `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: kube-system, labels: {k8s-app: kube-dns}}
spec: {containers: [{name: coredns, ports: [{name: dns, containerPort: 53, protocol: UDP}, {name: dns-tcp, containerPort: 53}]}]}
status: {phase: Running, podIPs: [{ip: ${ip}}], conditions: [{type: Ready, status: "True"}]${status}}`;
}

export function clientPod(name = 'client', spec = ''): string {
	return `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: client}}
spec: {containers: [{name: c}]${spec}}
status: {phase: Running, podIPs: [{ip: 10.244.3.3}], conditions: [{type: Ready, status: "True"}]}`;
}

export const web = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {clusterIP: 10.96.4.2, clusterIPs: [10.96.4.2], selector: {app: web}, ports: [{name: http, port: 80}]}`;

type Observed = {
	readonly resolver?: string;
	readonly type?: string;
	readonly rcode?: string;
	readonly data?: readonly (string | {readonly cname: string})[];
	readonly failed?: 'timeout' | 'forbidden' | 'unavailable';
	readonly at?: number;
	readonly of?: Readonly<Record<string, string>>;
};

/** What a resolver answered, with plain addresses as data. */
export function observed(name: string, options: Observed = {}): DnsObservation {
	const {
		resolver = 'machine',
		type = 'A',
		rcode = 'NOERROR',
		data = [],
		failed,
		at = noon,
		of = {},
	} = options;
	const answers = data.map((item): DnsAnswer =>
		typeof item === 'string' ? {name, type, data: item, ttl: 30} : {name, type: 'CNAME', data: item.cname},
	);
	const message = 'no answer within 5 s';
	const result =
		failed === undefined
			? {rcode, answers}
			: failed === 'forbidden'
				? {failed, permission: 'create pods/portforward', message}
				: {failed, message};
	return {
		type: 'dns',
		at,
		vantage:
			resolver === 'machine'
				? {type: 'machine'}
				: {type: 'port-forward', namespace: 'kube-system', pod: resolver.split('/')[1] ?? ''},
		subject: {name, recordType: type, resolver},
		result,
		of,
	};
}
