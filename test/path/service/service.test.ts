import {describe, expect, test} from 'vitest';
import {serviceEvaluator, type ServiceInput} from '../../../source/path/service/evaluate.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {endpoint, pod, said, service, slice, hopContextOf} from '../endpoints/objects.ts';

type Requested = Partial<ServiceInput> & {
	readonly detail?: 'overview' | 'full';
	readonly states?: NonNullable<Parameters<typeof snapshotOf>[1]>['states'];
};

function resolve(documents: readonly string[], {detail, states, ...input}: Requested = {}) {
	const snapshot = snapshotOf(documents.join('\n---\n'), {states});
	return serviceEvaluator.evaluate(hopContextOf(snapshot, {detail}), {
		namespace: 'shop',
		name: 'web',
		...input,
	});
}

describe('a Service that is there', () => {
	test('says what it is', () => {
		const {hop, stop, ports, service: found} = resolve([service()]);
		expect(hop).toEqual({
			kind: 'service',
			status: 'ok',
			basis: 'objects',
			subject: {kind: 'Service', namespace: 'shop', name: 'web'},
			summary: 'ClusterIP 10.96.0.10:80 → 8080',
			findings: [],
			details: {
				type: 'ClusterIP',
				clusterIPs: ['10.96.0.10'],
				port: {name: 'http', port: 80, targetPort: 8080, protocol: 'TCP'},
				selector: {app: 'web'},
				ipFamilies: ['IPv4'],
				internalTrafficPolicy: 'Cluster',
			},
		});
		expect([stop, ports.length, found?.name]).toEqual([undefined, 1, 'web']);
	});

	test('shows node port, policy and affinity where it has them', () => {
		const {hop} = resolve([
			service('type: NodePort\nsessionAffinity: ClientIP\nexternalTrafficPolicy: Local').replace(
				'targetPort: 8080',
				'targetPort: 8080, nodePort: 30080',
			),
		]);
		expect(hop.summary).toBe('NodePort 10.96.0.10:80 → 8080');
		expect(hop.details).toMatchObject({
			port: {nodePort: 30080},
			externalTrafficPolicy: 'Local',
			sessionAffinity: 'ClientIP',
		});
	});

	const several = service().replace(
		'[{name: http, port: 80, targetPort: 8080}]',
		"[{name: dns, port: 53, protocol: UDP, targetPort: 53}, {name: dns-tcp, port: 53, targetPort: 53}, {name: '', port: 9153, targetPort: 9153}]",
	);

	test('gives every port where none is asked for', () => {
		const {hop, ports} = resolve([several]);
		expect(ports.map(({name}) => name)).toEqual(['dns', 'dns-tcp', '']);
		expect([hop.summary, hop.details?.port]).toEqual(['ClusterIP 10.96.0.10:53 → 53 and 2 more', undefined]);
	});

	test('one number may be two ports', () => {
		expect(resolve([several], {servicePort: {number: 53}}).ports.map(({protocol}) => protocol)).toEqual([
			'UDP',
			'TCP',
		]);
		expect(resolve([several], {servicePort: {name: 'dns-tcp'}}).ports.map(({protocol}) => protocol)).toEqual([
			'TCP',
		]);
	});

	test('an empty name names nothing', () => {
		expect(resolve([several], {servicePort: {name: ''}}).ports).toHaveLength(3);
	});
});

describe('a Service that is not there', () => {
	test('is left to those who named it', () => {
		const {hop, service: found} = resolve([service()], {name: 'wep'});
		expect([hop.status, hop.summary, hop.findings, found]).toEqual([
			'skipped',
			'no Service wep in shop',
			[],
			undefined,
		]);
	});

	test('is unknown where Services may not be read', () => {
		const {hop} = resolve([pod('web-1')], {
			states: {Service: {state: 'forbidden', group: '', resource: 'services', reason: 'no'}},
		});
		expect([hop.status, hop.findings.map(({code}) => code)]).toEqual(['unknown', ['KNET901']]);
	});
});

describe('KNET518', () => {
	test('names the ports that there are', () => {
		const {hop, stop, ports} = resolve([service()], {servicePort: {number: 81}});
		expect(said(hop.findings)).toEqual(['KNET518 error: Service web has no port 81; it has 80/TCP (http).']);
		expect([hop.status, stop, ports]).toEqual(['broken', 'dropped', []]);
	});

	test('says when the number is a target port', () => {
		const {hop} = resolve([service()], {servicePort: {number: 8080}});
		expect(said(hop.findings)).toEqual([
			'KNET518 error: Service web has no port 8080; it has 80/TCP (http). 8080 is the target port of 80.',
		]);
	});

	test('is a warning for a headless Service, whose clients choose ports', () => {
		const {hop, stop} = resolve([service().replace('10.96.0.10', 'None')], {servicePort: {number: 81}});
		expect(hop.findings.map(({code, severity}) => `${code} ${severity}`)).toEqual(['KNET518 warning']);
		expect(stop).toBeUndefined();
	});

	test('is not said of an alias, nor of a port that is there', () => {
		const alias = service('type: ExternalName\nexternalName: www.example.com');
		expect(resolve([alias], {servicePort: {number: 443}}).hop.findings.map(({code}) => code)).toEqual([
			'KNET517',
		]);
		expect(resolve([service()], {servicePort: {number: 80}}).hop.findings).toEqual([]);
		expect(resolve([service()], {servicePort: {name: 'http'}}).hop.findings).toEqual([]);
	});
});

describe('KNET513', () => {
	const headless = service().replace('10.96.0.10', 'None');

	test.each([
		['declare the target port alone', '[{name: http, containerPort: 8080}]', 80, 'broken refused'],
		['declare both', '[{containerPort: 8080}, {containerPort: 80}]', 80, 'degraded undefined'],
		['declare neither', '[{containerPort: 9000}]', 80, 'degraded undefined'],
		[
			'declare the target port alone, and no port is asked for',
			'[{containerPort: 8080}]',
			undefined,
			'degraded undefined',
		],
	])('where the pods %s', (_, ports, clientPort, expected) => {
		const listening = pod('web-1', {container: `ports: ${ports}`});
		const {hop, stop} = resolve([headless, slice([endpoint('web-1')]), listening], {clientPort});
		expect(`${hop.status} ${stop}`).toBe(expected);
	});

	test('a number that nothing maps', () => {
		const {hop} = resolve([headless]);
		expect(said(hop.findings)).toEqual([
			'KNET513 warning: Service web is headless, so nothing maps port 80 to 8080: clients must connect to 8080.',
		]);
		expect(hop.summary).toBe('headless:80 → 8080');
	});

	test('a name is what the slices say it is', () => {
		const named = headless.replace('targetPort: 8080', 'targetPort: web');
		expect(said(resolve([named, slice([endpoint('web-1')])]).hop.findings)).toEqual([
			'KNET513 warning: Service web is headless, so nothing maps port 80 to 8080: clients must connect to 8080.',
		]);
		expect(said(resolve([named]).hop.findings)).toEqual([]);
		expect(
			said(resolve([named, slice([endpoint('web-1')], {ports: '[{name: http, port: 80}]'})]).hop.findings),
		).toEqual([]);
	});

	test('is not said where a controller picks the endpoints, nor with a cluster IP, nor for equal ports', () => {
		expect(resolve([headless], {via: 'route'}).hop.findings).toEqual([]);
		expect(resolve([service()]).hop.findings).toEqual([]);
		expect(resolve([headless.replace('port: 80,', 'port: 8080,')]).hop.findings).toEqual([]);
	});
});

describe('KNET517', () => {
	test('an alias is a remark', () => {
		const {hop, ports} = resolve([
			service('type: ExternalName\nexternalName: www.example.com').replace(/ {2}ports: .*\n/, ''),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET517 info: Service web is only a DNS alias of www.example.com: no endpoints, no proxy, no port mapping.',
		]);
		expect([hop.status, hop.summary, ports]).toEqual(['ok', 'ExternalName → www.example.com', []]);
	});

	test('an alias of an address is a warning', () => {
		const {hop} = resolve([service('type: ExternalName\nexternalName: 192.0.2.7')], {via: 'route'});
		expect(said(hop.findings)).toEqual([
			'KNET517 warning: Service web has the IP address 192.0.2.7 as externalName: the cluster DNS has no record for that.',
		]);
	});
});

describe('KNET520', () => {
	const user = (container: string): string => pod('worker', {labels: 'app: worker', container});

	test('an address in env or args', () => {
		const {hop} = resolve([
			service(),
			user("env: [{name: API, value: 'http://10.96.0.10:80/v1'}]\n      args: ['--upstream=10.96.0.10']"),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET520 info: worker has the address 10.96.0.10 of Service web written into the pod.',
		]);
		expect(hop.findings[0]?.evidence).toEqual([
			{object: 'Pod/shop/worker', path: 'spec.containers[main].env[API].value', value: '10.96.0.10'},
			{object: 'Pod/shop/worker', path: 'spec.containers[main].args', value: '10.96.0.10'},
		]);
	});

	test('is not said of a longer address, of the name, or in the overview', () => {
		expect(
			resolve([service(), user("args: ['10.96.0.101', '110.96.0.10', 'web.shop']")]).hop.findings,
		).toEqual([]);
		expect(resolve([service(), user("args: ['10.96.0.10']")], {detail: 'overview'}).hop.findings).toEqual([]);
	});
});

test('a name beside a number tells a TCP port from a UDP port of that number', () => {
	const both = service().replace(
		'[{name: http, port: 80, targetPort: 8080}]',
		'[{name: u, port: 80, protocol: UDP}, {name: t, port: 80}]',
	);
	const names = (servicePort: ServiceInput['servicePort']) =>
		resolve([both], {servicePort}).ports.map(({name}) => name);
	expect([names({number: 80}), names({number: 80, name: 't'}), names({name: 'u'})]).toEqual([
		['u', 't'],
		['t'],
		['u'],
	]);
});
