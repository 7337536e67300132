import {readiness, server} from './manifests.ts';
import {apply, change, remove} from './objects.ts';
import {hostOf, siteOf} from './shop.ts';

/** Something that goes wrong in the shop, what knet must say of it, and how it is mended. */
export type Mishap = {
	readonly name: string;
	/** Targets that break; URLs are asked from outside, Services from a pod. */
	readonly targets: readonly string[];
	/** Codes of which one is the root cause. */
	readonly rootCauses: readonly string[];
	/** Traefik leaves the rule out, and that of another path answers: nothing is broken, and the finding is a warning. */
	readonly isLeftOut?: true;
	readonly happen: (namespace: string) => Promise<void>;
	/** The shop is applied again afterwards; what that does not undo. */
	readonly mend?: (namespace: string) => Promise<void>;
};

const serviceNamed = (name: string) => ({apiVersion: 'v1', kind: 'Service', name});
const deploymentNamed = (name: string) => ({apiVersion: 'apps/v1', kind: 'Deployment', name});
const site = {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'site'};
const url = (path: string) => `http://{host}${path}`;

export const mishaps: readonly Mishap[] = [
	{
		name: 'a selector with a slip of the pen',
		targets: ['svc/api:80', url('/api')],
		rootCauses: ['KNET501'],
		happen: (namespace) => change(serviceNamed('api'), namespace, {spec: {selector: {app: 'apii'}}}),
	},
	{
		name: 'a readiness probe that fails',
		targets: ['svc/api:80', url('/api')],
		rootCauses: ['KNET702', 'KNET503'],
		happen: (namespace) => replaceProbe(namespace, 9),
		mend: (namespace) => remove(deploymentNamed('api'), namespace),
	},
	{
		name: 'a named target port that no container has',
		targets: ['svc/api:80', url('/api')],
		rootCauses: ['KNET505'],
		happen: (namespace) => changePort(namespace, {name: 'http', port: 80, targetPort: 'htttp'}),
	},
	{
		name: 'a Service port that an Ingress names and the Service lacks',
		targets: [url('/api')],
		rootCauses: ['KNET403'],
		isLeftOut: true,
		happen: (namespace) => changePort(namespace, {name: 'web', port: 80, targetPort: 'http'}),
	},
	{
		name: 'a workload scaled to zero',
		targets: ['svc/api:80', url('/api')],
		rootCauses: ['KNET502'],
		happen: (namespace) => change(deploymentNamed('api'), namespace, {spec: {replicas: 0}}),
	},
	{
		name: 'a Service that is gone',
		targets: [url('/api')],
		rootCauses: ['KNET402'],
		isLeftOut: true,
		happen: (namespace) => remove(serviceNamed('api'), namespace),
	},
	{
		name: 'a class that nobody serves',
		targets: [url('/api'), url('/')],
		rootCauses: ['KNET304'],
		async happen(namespace) {
			await apply(
				`{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: ${namespace}}, spec: {controller: example.com/nobody}}`,
			);
			// An Ingress that has an address already may still be served.
			await remove(site, namespace);
			await apply(siteOf(namespace, {name: 'inert', className: namespace}), namespace);
		},
		async mend(namespace) {
			await remove({...site, name: 'inert'}, namespace);
			await remove({apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', name: namespace});
		},
	},
	{
		name: 'a class that does not exist',
		targets: [url('/api')],
		rootCauses: ['KNET301'],
		happen: (namespace) => change(site, namespace, {spec: {ingressClassName: 'none-of-these'}}),
		mend: (namespace) => remove(site, namespace),
	},
];

function changePort(namespace: string, port: object): Promise<void> {
	return change(serviceNamed('api'), namespace, {spec: {ports: [port]}});
}

/** Made anew: a rollout would keep the old pods. */
async function replaceProbe(namespace: string, port: number): Promise<void> {
	await remove(deploymentNamed('api'), namespace);
	await apply(server('api', {replicas: 2, container: readiness(port)}), namespace);
}

export function textOfTarget(target: string, namespace: string): string {
	return target.replace('{host}', hostOf(namespace));
}
