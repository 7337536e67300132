import {describe, expect, test} from 'vitest';
import {ago, event, endpoint, pod, podsOf, said, service, slice} from '../endpoints/objects.ts';

const listed = slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]);
const second = pod('web-2', {ip: '10.244.2.9'});

describe('remarks on the probe', () => {
	test('KNET705: another port is probed', () => {
		const container =
			'ports: [{name: http, containerPort: 8080}, {name: health, containerPort: 9000}]\n      readinessProbe: {httpGet: {port: health}}';
		const {hop} = podsOf([service(), pod('web-1', {container}), second, listed]);
		expect(said(hop.findings)).toEqual([
			'KNET705 info: The readiness probe of container main checks port 9000, traffic uses 8080 (Pod web-1).',
		]);
	});

	test('KNET706: there is none', () => {
		const {hop} = podsOf([
			service(),
			pod('web-1', {container: 'ports: [{containerPort: 8080}]'}),
			second,
			listed,
		]);
		expect(said(hop.findings)).toEqual([
			'KNET706 info: Pod web-1: container main has no readiness probe, so Ready means only that it was started.',
		]);
		expect(hop.status).toBe('ok');
	});

	test('neither is said of a named port that is the same, nor where nobody knows which container serves', () => {
		const other = 'ports: []\n    - {name: other, image: x}';
		const {hop} = podsOf([service(), pod('web-1', {container: other}), second, listed]);
		expect(said(hop.findings)).toEqual([]);
	});
});

describe('KNET710', () => {
	const restarted = (restarts: number, seconds: number): string =>
		pod('web-1', {
			state: `{running: {startedAt: '${ago(seconds - 1)}'}}\n      lastState: {terminated: {exitCode: 1, reason: Error, finishedAt: '${ago(seconds)}'}}`,
		}).replace('restartCount: 0', `restartCount: ${restarts}`);

	test('restarts within the last 10 minutes', () => {
		const {hop} = podsOf([service(), restarted(4, 72), second, listed]);
		expect(said(hop.findings)).toEqual([
			'KNET710 warning: Pod web-1: container main was restarted 4 times, last 1m ago (exit code 1).',
		]);
	});

	test('a probe that restarts it is named, and no exit code of its making', () => {
		const kill = event('web-1', 'Unhealthy', 'Liveness probe failed: connection refused');
		const run = restarted(4, 2).replace(
			'exitCode: 1, reason: Error,',
			`exitCode: 137, reason: Error, startedAt: '${ago(60)}',`,
		);
		const {hop} = podsOf([service(), run, second, listed, kill]);
		expect(said(hop.findings)).toEqual([
			'KNET710 warning: Pod web-1: container main was restarted 4 times, last 2s ago (ended after "Liveness probe failed: connection refused").',
		]);
		expect(hop.findings[0]?.command).toBe('kubectl -n shop describe pod web-1');
	});

	test('the first restart is a remark', () => {
		const {hop} = podsOf([service(), restarted(1, 72), second, listed]);
		expect(said(hop.findings)).toEqual([
			'KNET710 info: Pod web-1: container main was restarted 1 time, last 1m ago (exit code 1).',
		]);
	});

	test('an end after a long run is a remark too: a reboot of the node is one', () => {
		const run = restarted(4, 72).replace('reason: Error,', `reason: Error, startedAt: '${ago(7200)}',`);
		expect(said(podsOf([service(), run, second, listed]).hop.findings)).toEqual([
			'KNET710 info: Pod web-1: container main was restarted 4 times, last 1m ago (exit code 1).',
		]);
	});

	test('old restarts are forgotten', () => {
		expect(said(podsOf([service(), restarted(40, 700), second, listed]).hop.findings)).toEqual([]);
	});
});

describe('other remarks', () => {
	test('KNET711: shutting down', () => {
		const {hop} = podsOf([
			service(),
			pod('web-1', {deleted: true}),
			second,
			slice([endpoint('web-1', 'serving'), endpoint('web-2', 'ready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual(['KNET711 info: 1 pod is shutting down: web-1.']);
		expect(hop.summary).toBe('1 running, 1 terminating, 1 ready');
	});

	test('a proxy of a mesh is of no interest as long as nothing was probed', () => {
		const container =
			'ports: [{containerPort: 8080}]\n      readinessProbe: {tcpSocket: {port: 8080}}\n    - {name: istio-proxy, image: proxy}';
		const {hop} = podsOf([service(), pod('web-1', {container}), second, listed]);
		expect(said(hop.findings)).toEqual([]);
	});

	test('KNET713: running without an address', () => {
		const {hop} = podsOf([
			service(),
			pod('web-1', {ip: ''}),
			second,
			slice([endpoint('web-2', 'ready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual(['KNET713 warning: Pod web-1: running without an IP address.']);
	});

	test('KNET713 is not said of a pod that has just started', () => {
		const {hop} = podsOf([
			service(),
			pod('web-1', {ip: '', age: 5}),
			second,
			slice([endpoint('web-2', 'ready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual([]);
	});

	test('none of them is made in the overview', () => {
		const {hop} = podsOf(
			[service(), pod('web-1', {container: 'ports: []'}), second, pod('web-3', {deleted: true}), listed],
			{detail: 'overview'},
		);
		expect(said(hop.findings)).toEqual([]);
	});
});
