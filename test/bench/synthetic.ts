import {serveWorld, type ApiServer} from '../../source/demo/api-server.ts';
import {createSimulation} from '../../source/demo/simulation.ts';
import type {Wire} from '../../source/projection/wire.ts';

/** The embedded API server with many pods, twenty for each Service and Ingress: where no cluster is at hand. */
export async function serveMany(pods: number): Promise<ApiServer> {
	const {world, settle} = createSimulation();
	settle();
	for (let position = 0; position < pods / 20; position++) {
		serviceObjects(position).forEach((object) => world.put(object));
	}

	return serveWorld(world);
}

function serviceObjects(position: number): readonly Wire[] {
	const namespace = `load-${Math.floor(position / 50)}`;
	const name = `app-${position}`;
	const ips = Array.from(
		{length: 20},
		(_, each) => `10.${100 + Math.floor(position / 250)}.${position % 250}.${each + 1}`,
	);
	const meta = {namespace, name};
	return [
		{apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}},
		{
			apiVersion: 'v1',
			kind: 'Service',
			metadata: meta,
			spec: {
				clusterIP: `10.97.${Math.floor(position / 250)}.${(position % 250) + 1}`,
				selector: {app: name},
				ports: [{name: 'http', port: 80, targetPort: 8080}],
			},
		},
		{
			apiVersion: 'networking.k8s.io/v1',
			kind: 'Ingress',
			metadata: meta,
			spec: {
				ingressClassName: 'traefik',
				rules: [
					{
						host: `${name}.example.com`,
						http: {paths: [{path: '/', pathType: 'Prefix', backend: {service: {name, port: {number: 80}}}}]},
					},
				],
			},
		},
		...ips.map((ip, each) => podObject(namespace, `${name}-${each}`, {app: name, ip})),
		{
			apiVersion: 'discovery.k8s.io/v1',
			kind: 'EndpointSlice',
			metadata: {
				namespace,
				name: `${name}-x7k2q`,
				labels: {
					'kubernetes.io/service-name': name,
					'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
				},
			},
			addressType: 'IPv4',
			ports: [{name: 'http', port: 8080, protocol: 'TCP'}],
			endpoints: ips.map((ip, each) => ({
				addresses: [ip],
				conditions: {ready: true, serving: true, terminating: false},
				nodeName: 'node-a',
				targetRef: {kind: 'Pod', namespace, name: `${name}-${each}`},
			})),
		},
	];
}

// About as large as a real pod: six kilobytes, a part of it managed fields.
function podObject(
	namespace: string,
	name: string,
	{app, ip}: {readonly app: string; readonly ip: string},
): Wire {
	const env = Array.from({length: 20}, (_, position) => ({
		name: `SETTING_${position}`,
		value: `value of setting ${position} of ${app}`,
	}));
	const fields = Object.fromEntries(
		Array.from({length: 40}, (_, position) => [
			`f:field-${position}`,
			{'.': {}, 'f:name': {}, 'f:value': {}},
		]),
	);
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			namespace,
			name,
			labels: {app, version: 'v1'},
			managedFields: [{manager: 'kubelet', operation: 'Update', fieldsV1: fields}],
		},
		spec: {
			nodeName: 'node-a',
			containers: [
				{
					name: 'main',
					image: `example.com/${app}:1`,
					env,
					ports: [{name: 'http', containerPort: 8080}],
					readinessProbe: {httpGet: {path: '/healthz', port: 8080}},
				},
			],
		},
		status: {
			phase: 'Running',
			podIPs: [{ip}],
			conditions: [{type: 'Ready', status: 'True'}],
			containerStatuses: [
				{name: 'main', ready: true, restartCount: 0, state: {running: {startedAt: '2026-01-01T00:00:00Z'}}},
			],
		},
	};
}
