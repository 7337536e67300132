import type {Kind} from '../../../source/model/kinds.ts';
import type {KindState} from '../../../source/model/snapshot.ts';
import {requestedClass} from '../../../source/rules/ingress/requested-class.ts';
import {ingressControllerEvaluator} from '../../../source/path/controller/ingress/evaluate.ts';
import type {HopContext} from '../../../source/path/hop-evaluator.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

/** A Traefik that works: class, Deployment, Service and slice. */
export const traefik = `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: traefik}
spec: {controller: traefik.io/ingress-controller}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: traefik, namespace: edge}
spec:
  replicas: 2
  selector: {matchLabels: {app: traefik}}
  template:
    metadata: {labels: {app: traefik}}
    spec:
      containers:
        - name: traefik
          image: docker.io/traefik:v3.6
          args: [--entrypoints.web.address=:8000/tcp, --providers.kubernetesingress]
          ports: [{name: web, containerPort: 8000}]
status: {readyReplicas: 2}
---
apiVersion: v1
kind: Service
metadata: {name: traefik, namespace: edge}
spec:
  type: LoadBalancer
  clusterIP: 10.0.0.1
  selector: {app: traefik}
  ports: [{name: web, port: 80, targetPort: web, nodePort: 30080}]
status: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: traefik-x, namespace: edge, labels: {kubernetes.io/service-name: traefik}}
addressType: IPv4
ports: [{name: web, port: 8000, protocol: TCP}]
endpoints: [{addresses: [10.1.0.1], conditions: {ready: true}}]
`;

/** An Ingress that a server has seen. */
export const shop = (spec: string, {annotations = '{}', address = ''} = {}): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site, namespace: shop, resourceVersion: "7", annotations: ${annotations}}
spec: {${spec}}
status: {loadBalancer: {ingress: [${address}]}}
`;

/** An IngressClass. */
export const className = (name: string, controller: string, preset = false): string => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: ${name}, annotations: {ingressclass.kubernetes.io/is-default-class: "${preset}"}}
spec: {controller: ${controller}}
`;

/** The controller hop for the one Ingress of the documents. */
export function resolve(
	documents: readonly string[],
	states: Partial<Record<Kind, KindState>> = {},
	detail: HopContext['detail'] = 'full',
) {
	const snapshot = snapshotOf(documents.join('\n---\n'), {states});
	const [ingress] = snapshot.list('Ingress');
	const hopContext: HopContext = {snapshot, source: {kind: 'external'}, client: {kind: 'external'}, detail};
	return ingressControllerEvaluator.evaluate(hopContext, {
		requested: ingress ? requestedClass(snapshot, ingress) : {},
		ingresses: ingress ? [ingress] : [],
	});
}

export const codes = ({hop}: ReturnType<typeof resolve>) =>
	hop.findings.map(({code, severity}) => `${code} ${severity}`);
export const forbidden = {state: 'forbidden', resource: 'deployments', group: 'apps', reason: 'no'} as const;
