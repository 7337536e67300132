import {expect, test} from 'vitest';
import {nodeFields, readyFields} from '../../../source/path/endpoints/slice-fields.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

const web = {namespace: 'shop', name: 'web'};

function slice(name: string, rest: string): string {
	return `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ${name}, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
${rest}
---`;
}

const two = slice(
	'web-1',
	`ports: [{name: http, port: 8080}]
endpoints:
  - {addresses: [10.244.1.10], nodeName: node-a, conditions: {ready: true}}
  - {addresses: [10.244.1.11], nodeName: node-a, conditions: {ready: true}}
  - {addresses: [10.244.2.10], conditions: {ready: false}}`,
);

test('each slice tells what its endpoints say, and how many of them', () => {
	const snapshot = snapshotOf(two);
	expect(readyFields(snapshot, web)).toEqual([
		{object: 'EndpointSlice/shop/web-1', path: 'endpoints[].conditions.ready', value: 'true (2), false'},
	]);
	expect(nodeFields(snapshot, web)).toEqual([
		{
			object: 'EndpointSlice/shop/web-1',
			path: 'endpoints[].nodeName',
			value: 'node-a (2), absent (not ready)',
		},
	]);
});

test('a slice without endpoints, or without ports, has nothing to send to', () => {
	const empty = snapshotOf(slice('web-1', 'ports: [{name: http, port: 8080}]\nendpoints: []'));
	expect(readyFields(empty, web)).toEqual([
		{object: 'EndpointSlice/shop/web-1', path: 'endpoints', value: 'none'},
	]);
	const portless = snapshotOf(slice('web-1', 'ports: []\nendpoints: [{addresses: [10.244.1.10]}]'));
	expect(readyFields(portless, web)).toEqual([
		{object: 'EndpointSlice/shop/web-1', path: 'ports', value: 'none'},
	]);
});

test('without a slice it is said that none belongs to the Service', () => {
	expect(readyFields(snapshotOf(''), web)).toEqual([
		{
			object: 'EndpointSlice/shop/*',
			path: 'metadata.labels[kubernetes.io/service-name]',
			value: 'none is web',
		},
	]);
});
