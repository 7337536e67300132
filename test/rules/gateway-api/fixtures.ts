import type {Gateway} from '../../../source/model/routes/gateway.ts';
import type {Snapshot} from '../../../source/model/snapshot.ts';
import type {HttpRequest} from '../../../source/model/request.ts';

/** A request from a URL, as a client makes it. */
export function requestTo(url: string, options: Partial<HttpRequest> = {}): HttpRequest {
	const {protocol, hostname, port, pathname, searchParams} = new URL(url);
	const scheme = protocol === 'https:' ? 'https' : 'http';
	return {
		scheme,
		host: hostname,
		port: port ? Number(port) : scheme === 'https' ? 443 : 80,
		urlPath: pathname,
		method: 'GET',
		headers: [],
		query: [...searchParams].map(([name, value]) => ({name, value})),
		...options,
	};
}

export function gatewayIn(snapshot: Snapshot, name = 'gw', namespace = 'shop'): Gateway {
	const gateway = snapshot.get('Gateway', namespace, name);
	if (!gateway) {
		throw new Error(`no Gateway ${namespace}/${name}`);
	}

	return gateway;
}

export const namespaces = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: shop}}
---
apiVersion: v1
kind: Namespace
metadata: {name: other, labels: {team: other}}
`;

/** GatewayClass, Gateway with a programmed listener for every host on port 80, and its Services. */
export const healthy = `
${namespaces}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: example}
spec: {controllerName: example.com/gateway-controller}
status: {conditions: [{type: Accepted, status: "True", reason: Accepted}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop, generation: 1}
spec:
  gatewayClassName: example
  listeners: [{name: http, port: 80, protocol: HTTP}]
status:
  conditions:
    - {type: Accepted, status: "True", reason: Accepted, observedGeneration: 1}
    - {type: Programmed, status: "True", reason: Programmed, observedGeneration: 1}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  clusterIP: 10.96.0.10
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec:
  clusterIP: 10.96.0.11
  selector: {app: api}
  ports: [{port: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: far, namespace: other}
spec:
  clusterIP: 10.96.0.12
  selector: {app: far}
  ports: [{port: 80}]
`;

/** An HTTPRoute of namespace shop on Gateway gw, with a status that accepts it. `spec` is YAML in flow style. */
export function httpRoute(
	name: string,
	spec: string,
	{status = accepted(), meta = ''}: {readonly status?: string; readonly meta?: string} = {},
): string {
	return `
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ${name}, namespace: shop, generation: 1${meta}}
spec: {parentRefs: [{name: gw}], ${spec}}
status: {parents: [${status}]}
`;
}

export function accepted(more = ''): string {
	return `{controllerName: example.com/gateway-controller, parentRef: {name: gw}, conditions: [
    {type: Accepted, status: "True", reason: Accepted, observedGeneration: 1},
    {type: ResolvedRefs, status: "True", reason: ResolvedRefs, observedGeneration: 1}${more}]}`;
}
