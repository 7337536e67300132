import type {Evidence} from '../../../source/model/evidence.ts';
import type {Snapshot} from '../../../source/model/snapshot.ts';
import type {Finding} from '../../../source/path/finding.ts';
import type {HopContext} from '../../../source/path/hop-evaluator.ts';
import {endpointsEvaluator, type EndpointsOutput} from '../../../source/path/endpoints/evaluate.ts';
import {podEvaluator} from '../../../source/path/pod/evaluate.ts';
import {noon, snapshotOf} from '../../helpers/snapshot.ts';

/** A time in YAML, that many seconds before noon. */
export function ago(seconds: number): string {
	return new Date(noon - seconds * 1000).toISOString();
}

export function service(spec = 'selector: {app: web}', name = 'web'): string {
	return `
apiVersion: v1
kind: Service
metadata: {namespace: shop, name: ${name}, creationTimestamp: '${ago(3600)}'}
spec:
  clusterIPs: [10.96.0.10]
  ipFamilies: [IPv4]
  ports: [{name: http, port: 80, targetPort: 8080}]
  ${spec.split('\n').join('\n  ')}
`;
}

type PodOptions = {
	readonly labels?: string;
	readonly ready?: boolean;
	readonly ip?: string;
	readonly phase?: string;
	readonly deleted?: boolean;
	/** Seconds since it was made, and since its Ready condition changed. */
	readonly age?: number;
	/** More fields of metadata, of the container, of its status, of spec and of status. */
	readonly meta?: string;
	readonly container?: string;
	readonly state?: string;
	readonly spec?: string;
	readonly status?: string;
	readonly conditions?: string;
	readonly node?: string;
};

/** A pod with one container `main`, which declares http = 8080 and has a readiness probe on it. */
export function pod(name: string, options: PodOptions = {}): string {
	const {
		labels = 'app: web',
		ready = true,
		ip = '10.244.1.7',
		phase = 'Running',
		age = 3600,
		node = 'node-a',
	} = options;
	const {
		meta = '',
		container = 'ports: [{name: http, containerPort: 8080}]\n      readinessProbe: {httpGet: {port: http, path: /healthz}}',
		state = `{running: {startedAt: '${ago(age)}'}}`,
		spec = '',
		status = '',
		conditions = '',
	} = options;
	return `
apiVersion: v1
kind: Pod
metadata:
  namespace: shop
  name: ${name}
  uid: uid-${name}
  resourceVersion: '7'
  creationTimestamp: '${ago(age)}'
  labels: {${labels}}
  ${options.deleted ? `deletionTimestamp: '${ago(5)}'` : ''}
  ${meta}
spec:
  ${node ? `nodeName: ${node}` : ''}
  ${spec}
  containers:
    - name: main
      image: web:1
      ${container}
status:
  phase: ${phase}
  podIPs: [${ip ? `{ip: ${ip}}` : ''}]
  conditions:
    - {type: Ready, status: '${ready ? 'True' : 'False'}', lastTransitionTime: '${ago(age)}'}
    ${conditions}
  containerStatuses:
    - name: main
      ready: ${ready}
      restartCount: 0
      state: ${state}
  ${status}
`;
}

type SliceOptions = {
	readonly name?: string;
	readonly ports?: string;
	readonly type?: string;
	readonly managedBy?: string;
	readonly meta?: string;
};

/** A slice of Service `web`. Endpoints as `endpoint()` writes them. */
export function slice(endpoints: readonly string[], options: SliceOptions = {}): string {
	const {name = 'web-1', ports = '[{name: http, port: 8080}]', type = 'IPv4', meta = ''} = options;
	return `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  namespace: shop
  name: ${name}
  labels: {kubernetes.io/service-name: web, endpointslice.kubernetes.io/managed-by: ${options.managedBy ?? 'endpointslice-controller.k8s.io'}}
  ${meta}
addressType: ${type}
ports: ${ports}
endpoints:
${endpoints.map((item) => `  - ${item}`).join('\n')}${endpoints.length === 0 ? '  []' : ''}
`;
}

/** `state`: ready, unready, serving (and terminating) or leaving (terminating, not serving). */
export function endpoint(
	name: string,
	state: 'ready' | 'unready' | 'serving' | 'leaving' = 'ready',
	ip = '10.244.1.7',
): string {
	const conditions = {
		ready: '{ready: true, serving: true, terminating: false}',
		unready: '{ready: false, serving: false, terminating: false}',
		serving: '{ready: false, serving: true, terminating: true}',
		leaving: '{ready: false, serving: false, terminating: true}',
	}[state];
	return `{addresses: ['${ip}'], conditions: ${conditions}, nodeName: node-a, zone: zone-1, targetRef: {kind: Pod, namespace: shop, name: ${name}, uid: uid-${name}}}`;
}

export function node(name = 'node-a', ready = true): string {
	return `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {topology.kubernetes.io/zone: zone-1}}
status: {conditions: [{type: Ready, status: '${ready ? 'True' : 'Unknown'}', message: Kubelet stopped posting node status.}]}
`;
}

export function event(name: string, reason: string, message: string, kind = 'Pod'): string {
	return `
apiVersion: v1
kind: Event
metadata: {namespace: shop, name: ${name}.${reason.toLowerCase()}}
involvedObject: {kind: ${kind}, namespace: shop, name: ${name}}
type: Warning
reason: ${reason}
message: ${JSON.stringify(message)}
lastTimestamp: '${ago(3)}'
`;
}

type Requested = {
	readonly detail?: HopContext['detail'];
	readonly port?: number;
	readonly family?: 'IPv4' | 'IPv6';
	readonly states?: NonNullable<Parameters<typeof snapshotOf>[1]>['states'];
	readonly evidence?: readonly Evidence[];
	readonly behindRoute?: boolean;
};

export function hopContextOf(snapshot: Snapshot, {detail = 'full', behindRoute}: Requested = {}): HopContext {
	const source = {kind: 'node'} as const;
	const request = {
		scheme: 'http',
		host: 'a',
		port: 80,
		urlPath: '/',
		method: 'GET',
		headers: [],
		query: [],
	} as const;
	return {snapshot, source, client: source, detail, ...(behindRoute ? {request} : {})};
}

/** Resolves the endpoints of Service `web`. Nodes are there unless the documents bring some. */
export function endpointsOf(documents: readonly string[], requested: Requested = {}): EndpointsOutput {
	return endpointsIn(snapshotFor(documents, requested), requested);
}

export function endpointsIn(snapshot: Snapshot, requested: Requested = {}): EndpointsOutput {
	const web = snapshot.get('Service', 'shop', 'web');
	const port = web?.ports.find((item) => requested.port === undefined || item.port === requested.port);
	if (!web || !port) {
		throw new Error('the documents hold no Service web with that port');
	}

	return endpointsEvaluator.evaluate(hopContextOf(snapshot, requested), {
		service: web,
		port,
		family: requested.family,
	});
}

/** Resolves endpoints and then the pods behind them. */
export function podsOf(documents: readonly string[], requested: Requested = {}) {
	const {endpoints} = endpointsOf(documents, requested);
	const snapshot = snapshotFor(documents, requested);
	const web = snapshot.get('Service', 'shop', 'web');
	return podEvaluator.evaluate(hopContextOf(snapshot, requested), {
		service: web,
		port: web?.ports[0],
		endpoints: endpoints,
	});
}

export function snapshotFor(documents: readonly string[], {states, evidence}: Requested): Snapshot {
	const yaml = documents.join('\n---\n');
	return snapshotOf(yaml.includes('kind: Node\n') ? yaml : `${yaml}\n---\n${node()}`, {states, evidence});
}

/** `KNET503 error: message`, one a finding. */
export function said(findings: readonly Finding[]): readonly string[] {
	return findings.map(({code, severity, message}) => `${code} ${severity}: ${message}`);
}

/** Findings of one code, as `said` prints them. */
export function saidOf(code: string, findings: readonly Finding[]): readonly string[] {
	return said(findings.filter((item) => item.code === code));
}
