import {expect, test} from 'vitest';
import {entries} from '../../../source/path/walk/entries.ts';
import {walkEntry} from '../../../source/path/walk/walk-entry.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

const backend = '{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}';
const ingress = (name: string, host: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, namespace: shop}
spec: {rules: [{host: ${host}, http: {paths: [${backend}]}}]}
---`;

test('a host that no URL may have is walked as the object it stands in', () => {
	// The API takes the first: it is a DNS-1123 subdomain, and no IP address.
	const snapshot =
		snapshotOf(`${ingress('a', '10.0.0.300')}${ingress('b', '"my host"')}${ingress('c', 'a.example')}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: d, namespace: shop}
spec: {hostnames: [10.0.0.300], rules: [{backendRefs: [{name: web, port: 80}]}]}
`);
	const listed = entries(snapshot, 'shop');
	expect(listed.map(({title, target}) => `${title} ${target}`)).toEqual([
		'10.0.0.300/ ing/shop/a',
		'my host/ ing/shop/b',
		'a.example/ http://a.example/',
		'10.0.0.300/ httproute/shop/d',
	]);
	const titles = listed.map((entry) =>
		walkEntry(snapshot, entry, {detail: 'full'})?.paths.map(({title}) => title),
	);
	expect(titles).toEqual([
		['http://10.0.0.300/'],
		['http://my host/'],
		['http://a.example/'],
		['http://10.0.0.300/'],
	]);
});

test('a headless port that no client may use by its number is named as its path is', () => {
	const yaml = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {clusterIP: None, selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}, {name: same, port: 90, targetPort: 90}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
endpoints: [{addresses: [10.244.1.9], conditions: {ready: true}}]
ports: [{name: http, port: 8080, protocol: TCP}, {name: same, port: 90, protocol: TCP}]`;
	expect(entries(snapshotOf(yaml), 'shop').map(({title}) => title)).toEqual(['svc/web:http', 'svc/web:90']);
});
