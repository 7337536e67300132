import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {entries} from '../../source/path/walk/entries.ts';
import {walkEntry} from '../../source/path/walk/walk-entry.ts';
import {entryRow} from '../../source/session/snapshot-views/entry-row.ts';
import {causesOf} from '../../source/view/causes.ts';
import {noon, snapshotOf} from '../helpers/snapshot.ts';

const traefik = readFileSync(new URL('../data-sources/traefik.yaml', import.meta.url), 'utf8');

/** Of a namespace beside Traefik: how many entries each cause hits. */
function causesIn(namespace: string, yaml: string): Readonly<Record<string, number>> {
	const snapshot = snapshotOf(`${traefik}\n---\n${yaml}`);
	const rows = entries(snapshot, namespace).map((entry) => {
		const trace = walkEntry(snapshot, entry, {detail: 'full'});
		return entryRow(entry, trace, undefined, {now: noon});
	});
	return Object.fromEntries(causesOf(rows).map(({text, entries: hit}) => [text, hit]));
}

function ingress(name: string, service: string): string {
	return `
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, namespace: shop}
spec:
  ingressClassName: traefik
  rules:
  - host: ${name}.example.com
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${service}, port: {number: 80}}}}]}`;
}

const service = `
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, clusterIP: 10.96.0.20, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
endpoints: [{addresses: [10.244.1.9], conditions: {ready: true}, nodeName: node-a, targetRef: {kind: Pod, namespace: shop, name: web-1}}]
ports: [{port: 8080, protocol: TCP, name: ''}]
---
apiVersion: v1
kind: Pod
metadata: {name: web-1, namespace: shop, labels: {app: web}}
spec: {nodeName: node-a, containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]}
status: {phase: Running, podIP: 10.244.1.9, podIPs: [{ip: 10.244.1.9}], conditions: [{type: Ready, status: 'True'}]}`;

test('a Service that is missing is one cause, whatever sends to it', () => {
	expect(causesIn('shop', ingress('a', 'gone') + ingress('b', 'gone') + ingress('c', 'away'))).toEqual({
		'Prefix / of Ingress a sends to Service shop/gone, which does not exist: the client gets 404.': 2,
		'Prefix / of Ingress c sends to Service shop/away, which does not exist: the client gets 404.': 1,
	});
});

test('a policy that admits nobody is one cause, whoever asks', () => {
	const policy = `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress]}`;
	expect(causesIn('shop', service + ingress('a', 'web') + ingress('b', 'web') + policy)).toEqual({
		'NetworkPolicy shop/default-deny does not admit the pods of Traefik on port 8080/TCP: if enforced, connections time out.': 3,
	});
});
