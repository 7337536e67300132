import type {Wire} from '../../../source/projection/wire.ts';
import {server, service} from './manifests.ts';
import {apply, list} from './objects.ts';
import {documentOf} from './questions.ts';

type Deployment = {
	readonly metadata: {readonly labels?: Readonly<Record<string, string>>};
	readonly spec: {
		readonly template: {
			readonly spec: {
				readonly containers: readonly [
					{readonly env: readonly {readonly name: string; readonly value?: string}[]},
				];
			};
		};
	};
};

/** A proxy that Istio itself made for some Gateway, to make one like it. */
export async function someProxy(): Promise<Wire | undefined> {
	const all = await list('apps/v1', 'Deployment');
	return all.find(
		(wire) => (wire as unknown as Deployment).metadata.labels?.['gateway.istio.io/managed'] !== undefined,
	);
}

/** A gateway as Istio's chart `gateway` has it: proxies that a Gateway selects by label, behind a load balancer. */
export async function makeGateway(like: Wire, namespace: string): Promise<void> {
	const {spec} = like as unknown as Deployment;
	const labels = {istio: namespace, 'sidecar.istio.io/inject': 'false'};
	const [container] = spec.template.spec.containers;
	const own: Readonly<Record<string, string>> = {
		ISTIO_META_WORKLOAD_NAME: 'gateway',
		ISTIO_META_OWNER: `kubernetes://apis/apps/v1/namespaces/${namespace}/deployments/gateway`,
	};
	const env = container.env.map((each) => ({...each, value: own[each.name] ?? each.value}));
	const pod = {
		...spec.template.spec,
		serviceAccount: undefined,
		serviceAccountName: 'gateway',
		containers: [{...container, env}],
	};
	const secrets = {apiGroups: [''], resources: ['secrets'], verbs: ['get', 'watch', 'list']};
	const of = {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'gateway'};
	const ports = Object.entries({'status-port': 15_021, http: 80, https: 443, other: 8081, tls: 9443}).map(
		([name, port]) => ({name, port, targetPort: port < 1024 ? port + 8000 : port}),
	);
	const objects = [
		{apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'gateway'}},
		{apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: {name: 'gateway'}, rules: [secrets]},
		{
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'RoleBinding',
			metadata: {name: 'gateway'},
			roleRef: of,
			subjects: [{kind: 'ServiceAccount', name: 'gateway', namespace}],
		},
		{
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name: 'gateway'},
			spec: {type: 'LoadBalancer', selector: {istio: namespace}, ports},
		},
		{
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: 'gateway', labels: {istio: namespace}},
			spec: {
				replicas: 1,
				selector: {matchLabels: {istio: namespace}},
				template: {metadata: {labels, annotations: {'istio.io/rev': 'default'}}, spec: pod},
			},
		},
	];
	await apply(objects.map((object) => documentOf(object)).join(''), namespace);
}

const port = 'ports: [{name: http, port: 80, targetPort: http}]';
const hostname = '[serve-hostname, --port=8080]';

/** Pods of two versions behind one Service, and Services of which something is odd. */
export function istioBackends(namespace: string): string {
	const version = (name: string) =>
		server(`web-${name}`, {replicas: 1, args: hostname, labels: {app: 'web', version: name}});
	return [
		version('v1'),
		version('v2'),
		server('api', {replicas: 1, args: hostname}),
		service('web', `selector: {app: web}, ${port}`),
		service('api', 'selector: {app: api}, ports: [{name: http, port: 8000, targetPort: http}]'),
		service(
			'two',
			'selector: {app: api}, ports: [{name: http, port: 80, targetPort: http}, {name: http-b, port: 9000, targetPort: http}]',
		),
		service(
			'odd',
			'selector: {app: api}, ports: [{name: http-a, port: 9000, targetPort: http}, {name: http-b, port: 9001, targetPort: http}]',
		),
		service('headless', 'clusterIP: None, selector: {app: api}, ports: [{name: http, port: 8080}]'),
		service('none', `selector: {app: nobody}, ${port}`),
		service(
			'alias',
			`type: ExternalName, externalName: api.${namespace}.svc.cluster.local, ports: [{name: http, port: 8000}]`,
		),
		service('away', 'type: ExternalName, externalName: outside.example.com, ports: [{name: http, port: 80}]'),
	].join('');
}
