import {expect, test} from 'vitest';
import {
	clientPortFor,
	isUnresolvedPort,
	listenerPortsFor,
} from '../../../../source/rules/gateway-api/listeners/listener-ports.ts';
import {snapshotOf} from '../../../helpers/snapshot.ts';
import {gatewayIn} from '../fixtures.ts';

const gatewayYaml = (port: number) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec: {gatewayClassName: x, listeners: [{name: web, port: ${port}, protocol: HTTP}]}
`;

const service = (targetPort: string) => `---
apiVersion: v1
kind: Service
metadata: {name: traefik, namespace: shop}
spec: {clusterIP: 10.96.0.2, selector: {app: traefik}, ports: [{name: web, port: 80, targetPort: ${targetPort}}]}
`;

const slice = `---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: t, namespace: shop, labels: {kubernetes.io/service-name: traefik}}
addressType: IPv4
ports: [{name: web, port: 8000, protocol: TCP}]
endpoints: []
`;

const pod = `---
apiVersion: v1
kind: Pod
metadata: {name: t, namespace: shop, labels: {app: traefik}}
spec: {containers: [{name: t, image: t, ports: [{name: entry, containerPort: 8000}]}]}
`;

function map(yaml: string, clientPort: number) {
	const snapshot = snapshotOf(yaml);
	const exposed = {services: snapshot.list('Service'), pods: snapshot.list('Pod')};
	return listenerPortsFor(snapshot, exposed, {gateway: gatewayIn(snapshot), clientPort});
}

test('maps the client’s port through the Service to the listener’s', () => {
	expect(map(gatewayYaml(8000) + service('8000'), 80)).toEqual([8000]);
});

test('resolves a named target port by the slices, else by the pods', () => {
	expect(map(gatewayYaml(8000) + service('entry') + slice, 80)).toEqual([8000]);
	expect(map(gatewayYaml(8000) + service('entry') + pod, 80)).toEqual([8000]);
	expect(map(gatewayYaml(8000) + service('entry'), 80)).toEqual([]);
});

test('knows where a name leads to nothing: neither slices nor pods have it', () => {
	const isUnresolved = (yaml: string, clientPort = 80) => {
		const snapshot = snapshotOf(yaml);
		const exposed = {services: snapshot.list('Service'), pods: snapshot.list('Pod')};
		return isUnresolvedPort(snapshot, exposed, clientPort);
	};

	expect(isUnresolved(service('entry'))).toBe(true);
	expect(isUnresolved(service('entry'), 443)).toBe(false);
	expect(isUnresolved(service('entry') + slice)).toBe(false);
	expect(isUnresolved(service('8000'))).toBe(false);
});

test('takes the client’s own port where no Service maps it to a listener', () => {
	expect(map(gatewayYaml(80) + service('10080'), 80)).toEqual([80]);
	expect(map(gatewayYaml(80), 80)).toEqual([80]);
	expect(map(gatewayYaml(80), 81)).toEqual([]);
});

test('finds the client’s port for a listener', () => {
	const snapshot = snapshotOf(gatewayYaml(8000) + service('entry') + slice);
	const exposed = {services: snapshot.list('Service'), pods: []};
	expect(clientPortFor(snapshot, exposed, 8000)).toBe(80);
	expect(clientPortFor(snapshot, exposed, 8443)).toBe(8443);
});
