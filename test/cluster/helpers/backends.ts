import {createAuthority} from '../../helpers/certificates.ts';
import {readiness, server, service} from './manifests.ts';
import {documentOf} from './questions.ts';

const ports = 'ports: [{name: http, port: 80, targetPort: http}]';
const selecting = (name: string, app = name, more = ''): string =>
	service(name, `selector: {app: ${app}}, ${more}${ports}`);
const answering = (name: string, container?: string): string =>
	server(name, {replicas: 1, args: '[serve-hostname, --port=8080]', container});

/** Pods that say their name, whatever is asked. */
export const answeringPods = ['a', 'b', 'c', 'd'];

/** Whose pod answers for a Service that selects that of another. */
export const answeredBy: Readonly<Record<string, string>> = {headless: 'a', alias: 'b'};

/** What the rules send to, and what is wrong with it; `missing` does not exist. */
export const backendNames = [
	'a',
	'a',
	'b',
	'b',
	'c',
	'd',
	'headless',
	'alias',
	'empty',
	'missing',
	'portless',
	'misnamed',
	'unready',
];

export function backends(namespace: string): string {
	return [
		...answeringPods.flatMap((name) => [answering(name), selecting(name)]),
		selecting('headless', 'a', 'clusterIP: None, '),
		service('alias', `type: ExternalName, externalName: b.${namespace}.svc.cluster.local, ${ports}`),
		selecting('empty'),
		selecting('portless'),
		service('misnamed', 'selector: {app: a}, ports: [{name: http, port: 80, targetPort: nobody-has-it}]'),
		answering('unready', readiness(9)),
		selecting('unready'),
	].join('');
}

/** Backends in another namespace, one of which a ReferenceGrant lets routes of the first one use. */
export function grantedBackends(from: string): string {
	return [
		...['granted', 'not-granted'].flatMap((name) => [answering(name), selecting(name)]),
		documentOf({
			apiVersion: 'gateway.networking.k8s.io/v1beta1',
			kind: 'ReferenceGrant',
			metadata: {name: 'granted'},
			spec: {
				from: [{group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: from}],
				to: [{group: '', kind: 'Service', name: 'granted'}],
			},
		}),
	].join('');
}

/** A Secret with a certificate of a host. */
export function certificate(name: string, host: string): string {
	const {cert, key} = createAuthority().issue(host, {names: [host]});
	return documentOf({
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: {name},
		type: 'kubernetes.io/tls',
		stringData: {'tls.crt': cert, 'tls.key': key},
	});
}
