import {describe, expect, test} from 'vitest';
import type {ConnectOutcome, Evidence, Vantage} from '../../../source/model/evidence.ts';
import {endpoint, pod, podsOf, said, service, slice} from '../endpoints/objects.ts';

const listed = slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]);
const second = pod('web-2', {ip: '10.244.2.9'});

describe('probes of the target port', () => {
	const connect = (
		vantage: Vantage,
		outcome: ConnectOutcome['outcome'] | 'timeout',
		more: {readonly pod?: string; readonly version?: string} = {},
	): Evidence => ({
		type: 'connect',
		at: 1_767_268_790_000,
		vantage,
		subject: {
			address: '10.244.1.7',
			port: 8080,
			protocol: 'TCP',
			pod: more.pod ?? 'web-1',
			namespace: 'shop',
		},
		result:
			outcome === 'timeout'
				? {failed: 'timeout', message: ''}
				: outcome === 'connected'
					? {outcome}
					: {outcome, message: ''},
		ms: 4,
		of: {[`Pod/shop/${more.pod ?? 'web-1'}`]: more.version ?? '7'},
	});
	const inside: Vantage = {type: 'port-forward', namespace: 'shop', pod: 'web-1'};
	const proxy: Vantage = {type: 'api-server'};
	const one = [service(), pod('web-1'), slice([endpoint('web-1')])];
	const judge = (...evidence: readonly Evidence[]) => podsOf(one, {evidence});

	test('KNET707: refused inside the pod', () => {
		const {hop, stop} = judge(connect(inside, 'refused'));
		expect(said(hop.findings)).toEqual([
			'KNET707 error: Pod web-1: nothing listens on target port 8080, the connection was refused.',
		]);
		expect([hop.status, hop.basis, stop]).toEqual(['broken', 'evidence', 'refused']);
		expect(hop.details?.observed).toEqual([
			{
				what: 'connect web-1:8080',
				vantage: 'inside the pod (port-forward)',
				result: 'refused',
				ms: 4,
				at: 1_767_268_790_000,
			},
		]);
	});

	test('KNET705 asks for no probe of a port on which nothing listens', () => {
		const container = 'ports: [{containerPort: 9000}]\n      readinessProbe: {httpGet: {port: 9000}}';
		const objects = [service(), pod('web-1', {container}), slice([endpoint('web-1')])];
		const remedies = (outcome: 'refused' | 'connected') =>
			podsOf(objects, {evidence: [connect(inside, outcome)]}).hop.findings.map(
				({code, remedy}) => `${code}: ${remedy}`,
			);
		expect(remedies('refused')).toEqual([
			'KNET707: Let targetPort be the port on which the application listens.',
			'KNET705: Let targetPort be 9000, if the application listens there.',
		]);
		expect(remedies('connected')).toEqual(['KNET705: Probe port 8080, if the application allows it.']);
	});

	test('KNET707: refused inside and over the pod network', () => {
		const {hop} = judge(connect(inside, 'refused'), connect(proxy, 'refused'));
		expect(hop.findings.map(({code}) => code)).toEqual(['KNET707']);
	});

	test('KNET707: the API server says why its proxy failed', () => {
		const {hop} = judge({
			type: 'http',
			at: 1,
			vantage: proxy,
			subject: {
				address: '10.244.1.7',
				port: 8080,
				scheme: 'http',
				host: '',
				urlPath: '/',
				pod: 'web-1',
				namespace: 'shop',
			},
			result: {
				status: 503,
				message: 'error trying to reach service: dial tcp 10.244.1.7:8080: connect: connection refused',
			},
			of: {},
		});
		expect(hop.findings.map(({code}) => code)).toEqual(['KNET707']);
	});

	test('KNET707 is a warning while another pod accepts', () => {
		const {hop} = podsOf([service(), pod('web-1'), second, listed], {
			evidence: [connect(inside, 'refused'), connect({...inside, pod: 'web-2'}, 'connected', {pod: 'web-2'})],
		});
		expect(said(hop.findings)).toEqual([
			'KNET707 warning: Pod web-1: nothing listens on target port 8080, the connection was refused.',
		]);
		expect(hop.summary).toBe('2 running, 2 ready, 1 of 2 probed accept');
	});

	test('KNET708: a port-forward succeeds, the pod network is refused', () => {
		const {hop, stop} = judge(connect(inside, 'connected'), connect(proxy, 'refused'));
		expect(said(hop.findings)).toEqual([
			'KNET708 error: Pod web-1: port 8080 is open on localhost only: a port-forward succeeds, the pod network is refused.',
		]);
		expect(stop).toBe('refused');
	});

	test('nothing is said when all accept, and the hop rests on evidence', () => {
		const {hop} = judge(connect(inside, 'connected'), connect(proxy, 'connected'));
		expect([said(hop.findings), hop.status, hop.basis]).toEqual([[], 'ok', 'evidence']);
	});

	test('a time-out proves nothing, nor a failure from this machine, nor a reset', () => {
		for (const evidence of [
			[connect(inside, 'connected'), connect(proxy, 'timeout')],
			[connect({type: 'machine'}, 'refused')],
			[connect(proxy, 'reset')],
		]) {
			expect(said(judge(...evidence).hop.findings)).toEqual([]);
		}
	});

	test('evidence of a pod that has changed since is not used', () => {
		const {hop} = judge(connect(inside, 'refused', {version: '6'}));
		expect([said(hop.findings), hop.basis]).toEqual([[], 'objects']);
	});
});
