import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {RequestOptions} from '../../../source/model/request.ts';
import {parseSource, parseTarget} from '../../../source/path/target-text.ts';
import type {Trace} from '../../../source/path/report.ts';
import {walk} from '../../../source/path/walk/walk.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const web = `${read('data-sources/cluster.yaml')}\n---\n${read('scenarios/service-works-from-a-pod/cluster.yaml')}`;
const nginx = `${read('data-sources/nginx.yaml')}\n---\n${web}\n---\n
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site, namespace: shop}
spec:
  ingressClassName: nginx
  rules: [{host: app.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
status: {loadBalancer: {ingress: [{ip: 203.0.113.10}]}}
`;

function traced(yaml: string, text: string, options: RequestOptions & {readonly from?: string} = {}): Trace {
	const target = parseTarget(text, options);
	const from = options.from === undefined ? undefined : parseSource(options.from, 'shop');
	return walk(snapshotOf(yaml), {
		target: 'value' in target ? target.value : expect.fail(target.problem),
		from: from && ('value' in from ? from.value : expect.fail(from.problem)),
		namespace: 'shop',
	});
}

function told({paths}: Trace): readonly string[] {
	return paths.map(({title, verdict, hops}) => {
		const service = hops.find(({kind}) => kind === 'service')?.subject;
		return `${title} ${verdict}${service ? ` ${service.name}` : ''}`;
	});
}

test('a Host header decides the host, and the URL where the client connects', () => {
	const headers = [{name: 'Host', value: 'app.example.com'}];
	expect(told(traced(nginx, 'http://203.0.113.10/', {headers}))).toEqual(['http://203.0.113.10/ ok web']);
});

test('the address of a controller without a rule for it is the controller’s to answer', () => {
	expect(traced(nginx, 'http://203.0.113.10/').paths).toMatchObject([
		{brokenAt: 'route', symptom: 'http-404'},
	]);
});

test('an address that nobody has leads nowhere', () => {
	expect(traced(nginx, 'http://203.0.113.99/').paths).toEqual([]);
});

test('a port that nobody has at the address of a node leads nowhere, though a Service has the address', () => {
	const yaml = web.replace(
		'  selector: {app: web}\n',
		'  selector: {app: web}\n  externalIPs: [10.89.0.11]\n',
	);
	expect(told(traced(yaml, '10.89.0.11:80'))).toEqual(['svc/web:80 ok web']);
	expect(traced(yaml, '10.89.0.11:81').paths).toEqual([]);
});

test('a port that nobody has at an address that only a Service has stops at the Service', () => {
	const yaml = web.replace(
		'  selector: {app: web}\n',
		'  selector: {app: web}\n  externalIPs: [198.51.100.40]\n',
	);
	expect(traced(yaml, '198.51.100.40:81').paths).toMatchObject([{brokenAt: 'service', rootCause: 'KNET518'}]);
});

test('the hostname of a load balancer is an address', () => {
	const yaml = web
		.replace('  selector: {app: web}\n', '  selector: {app: web}\n  type: LoadBalancer\n')
		.replace(
			'ports: [{name: http, port: 80, targetPort: 8080}]\n',
			'ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]\nstatus: {loadBalancer: {ingress: [{hostname: a1.elb.example.com}]}}\n',
		);
	const trace = traced(yaml, 'http://a1.elb.example.com/');
	expect(told(trace)).toEqual(['http://a1.elb.example.com/ ok web']);
	expect(trace.paths[0]?.hops.find(({kind}) => kind === 'load-balancer')?.status).toBe('ok');
});

test('a bare word is no host unless a rule names it', () => {
	expect(traced(nginx, 'web').paths).toEqual([]);
	expect(told(traced(nginx.replace('app.example.com', 'intranet'), 'intranet'))).toEqual([
		'http://intranet/ ok web',
	]);
});

test('from a pod a bare word is a name of its cluster', () => {
	expect(told(traced(web, 'web', {from: 'pod/client'}))).toEqual(['http://web/ ok web']);
});

test('an Ingress that names the host of a Service takes it from outside', () => {
	const yaml = nginx.replace('host: app.example.com', 'host: web.shop');
	expect(told(traced(yaml, 'http://web.shop/'))).toEqual(['http://web.shop/ ok web']);
});

test('a port that the Service lacks is told at the Service', () => {
	expect(traced(web, 'http://web:81/', {from: 'pod/client'}).paths).toMatchObject([{brokenAt: 'service'}]);
});

test('the name of a pod by its address leads to the pod', () => {
	const trace = traced(web, 'http://10-244-1-10.shop.pod.cluster.local:8080/', {from: 'pod/client'});
	expect(trace.paths).toMatchObject([
		{verdict: 'ok', hops: expect.arrayContaining([expect.objectContaining({kind: 'pod-network'})])},
	]);
});

const route = (kind: string, spec: string): string => `---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: ${kind}
metadata: {name: r, namespace: shop}
spec: {parentRefs: [{name: gw}], ${spec}rules: [{backendRefs: [{name: web, port: 80}]}]}
`;

test('a UDPRoute by name is unknown, and leads to its Service', () => {
	const trace = traced(`${web}\n${route('UDPRoute', '')}`, 'udproute/r');
	expect(told(trace)).toEqual(['udproute/r unknown web']);
});

test('a TCPRoute by name is walked from its Gateway', () => {
	const trace = traced(`${web}\n${route('TCPRoute', '')}`, 'tcproute/r');
	expect(told(trace)).toEqual(['tcproute/r broken']);
});

test('a TLSRoute by name is walked by its host', () => {
	const trace = traced(`${web}\n${route('TLSRoute', 'hostnames: [tls.example.com], ')}`, 'tlsroute/r');
	expect(trace.paths.map(({title}) => title)).toEqual(['http://tls.example.com/']);
});

const job = `
---
apiVersion: v1
kind: Pod
metadata: {name: migrate-x, namespace: shop, ownerReferences: [{apiVersion: batch/v1, kind: Job, name: migrate, uid: m, controller: true}]}
spec: {nodeName: node-a, containers: [{name: main, image: shop/api:1}]}
status: {phase: Running, podIPs: [{ip: 10.244.1.60}], conditions: [{type: Ready, status: "True"}]}
`;

test('the pods of a Job ask', () => {
	expect(traced(web + job, 'svc/web', {from: 'job/migrate'})).toMatchObject({
		from: {kind: 'pod', name: 'migrate-x'},
		verdict: 'ok',
	});
});

test('a workload without a Service is its pods', () => {
	expect(told(traced(web + job, 'job/migrate:8080'))).toEqual(['pod/migrate-x:8080 ok']);
	expect(traced(web, 'job/migrate').paths).toEqual([]);
});

test('pods are their workload’s by the ReplicaSet that the Deployment names', () => {
	const pods = web.replaceAll(
		/labels: \{app: web\}\n {2}ownerReferences: \[\{apiVersion: apps\/v1, kind: ReplicaSet, name: web/gu,
		'labels: {app: web, pod-template-hash: 5d}\n  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-5d',
	);
	expect(told(traced(pods, 'deploy/web'))).toEqual([]);
	const deployment = `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: shop/web:1}]}}}
`;
	expect(told(traced(pods + deployment, 'deploy/web'))).toEqual(['svc/web:80 ok web']);
	expect(told(traced(pods + deployment, 'deploy/web:8080'))).toEqual(['svc/web:80 ok web']);
	expect(traced(pods + deployment, 'deploy/web:9').paths.map(({title}) => title)).toEqual([
		'pod/web-a:9',
		'pod/web-c:9',
	]);
});

test('the address of a Service asked for by a pod needs no DNS, and has one family', () => {
	const dual = web.replace(
		'clusterIPs: [10.96.4.2]\n  ipFamilies: [IPv4]',
		'clusterIPs: [10.96.4.2, fd00:96::2]\n  ipFamilies: [IPv4, IPv6]',
	);
	const {paths} = traced(dual, '10.96.4.2:80', {from: 'pod/shop/web-c'});
	expect(paths.map(({hops}) => hops[0])).toMatchObject([{kind: 'dns', status: 'skipped'}]);
	expect(traced(dual, 'svc/web:80', {from: 'pod/shop/web-c'}).paths).toHaveLength(2);
});
