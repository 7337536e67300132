import {readiness, server, service} from './manifests.ts';

/** `app.example.com/api` → api, `/` → web, db headless and outside ExternalName, under a host of the namespace's own. */
export function shop(namespace: string): string {
	return [
		server('api', {replicas: 2}),
		service('api', 'selector: {app: api}, ports: [{name: http, port: 80, targetPort: http}]'),
		server('web', {replicas: 2}),
		service('web', 'type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]'),
		server('db', {replicas: 1, port: 5432, portName: 'pg', container: readiness(5432)}),
		service('db', 'clusterIP: None, selector: {app: db}, ports: [{name: pg, port: 5432}]'),
		service('outside', 'type: ExternalName, externalName: www.example.com'),
		siteOf(namespace),
	].join('');
}

/** Pods of the shop. */
export const podsOfShop = 5;

export function hostOf(namespace: string): string {
	return `${namespace}.example.com`;
}

/** The shop's Ingress; without a class, the default one serves it. */
export function siteOf(
	namespace: string,
	{name = 'site', className}: {readonly name?: string; readonly className?: string} = {},
): string {
	const path = (value: string, backend: string, port: string): string =>
		`{path: ${value}, pathType: Prefix, backend: {service: {name: ${backend}, port: {${port}}}}}`;
	return `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}}
spec:
${className === undefined ? '' : `  ingressClassName: ${className}\n`}  rules:
    - host: ${hostOf(namespace)}
      http: {paths: [${path('/api', 'api', 'name: http')}, ${path('/', 'web', 'number: 80')}]}
`;
}
