import {describe, expect, test} from 'vitest';
import {endpoint, pod, podsOf, said, service, slice} from '../endpoints/objects.ts';

const listed = slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]);
const second = pod('web-2', {ip: '10.244.2.9'});

describe('healthy pods', () => {
	test('are silent', () => {
		const {hop, stop} = podsOf([service(), pod('web-1'), second, listed]);
		expect(said(hop.findings)).toEqual([]);
		expect([hop.status, hop.summary, hop.basis, stop]).toEqual([
			'ok',
			'2 running, 2 ready',
			'objects',
			undefined,
		]);
	});

	test('are shown with their target port', () => {
		const {hop} = podsOf([service(), pod('web-1'), slice([endpoint('web-1')])]);
		expect(hop.subject).toEqual({kind: 'Pod', namespace: 'shop', name: 'web-1'});
		expect(hop.details).toEqual({
			pods: [
				{
					name: 'web-1',
					namespace: 'shop',
					node: 'node-a',
					ip: '10.244.1.7',
					phase: 'Running',
					ready: true,
					restarts: 0,
					targetPort: 8080,
				},
			],
		});
	});

	test('are not read in the overview', () => {
		const {hop} = podsOf([service(), pod('web-1'), second, listed], {
			detail: 'overview',
			states: {Pod: {state: 'not-watched'}},
		});
		expect([hop.status, hop.summary, hop.details]).toEqual(['ok', '2 ready', undefined]);
	});

	test('are unknown where they may not be read and the path is looked at', () => {
		const {hop} = podsOf([service(), listed], {
			states: {Pod: {state: 'forbidden', group: '', resource: 'pods', reason: 'no'}},
		});
		expect([hop.status, hop.findings.map(({code}) => code)]).toEqual(['unknown', ['KNET901']]);
	});

	test('that have ended do not count', () => {
		const {hop} = podsOf([
			service(),
			pod('web-1'),
			second,
			pod('job', {phase: 'Succeeded', ready: false}),
			listed,
		]);
		expect(hop.summary).toBe('2 running, 2 ready');
	});

	test('are not asked for where addresses were written by hand', () => {
		const {hop} = podsOf([
			service('externalIPs: []'),
			slice(["{addresses: ['192.0.2.7']}", "{addresses: ['192.0.2.8']}"], {managedBy: 'me'}),
		]);
		expect([hop.status, hop.summary]).toEqual(['skipped', 'the endpoints name no pods']);
	});
});

describe('pods that are published before they are ready', () => {
	const published = service('selector: {app: web}\npublishNotReadyAddresses: true');
	const crashing = pod('web-1', {ready: false, state: '{waiting: {reason: CrashLoopBackOff}}'});

	test('break the path when none of their containers runs: nothing listens', () => {
		for (const detail of ['full', 'overview'] as const) {
			const {hop, stop} = podsOf([published, crashing, slice([endpoint('web-1')])], {detail});
			expect([hop.status, hop.findings[0]?.code, stop]).toEqual(['broken', 'KNET701', 'refused']);
		}
	});

	test('do not while one runs', () => {
		const running = pod('web-2', {ready: false, ip: '10.244.2.9'});
		const listedBoth = slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]);
		const {hop, stop} = podsOf([published, crashing, running, listedBoth]);
		expect([hop.status, stop]).toEqual(['degraded', undefined]);
	});
});
