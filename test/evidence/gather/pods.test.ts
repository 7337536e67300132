import {once} from 'node:events';
import {expect, test} from 'vitest';
import {execInPod} from '../../../source/cluster/exec.ts';
import {getThroughProxy} from '../../../source/cluster/pod-proxy.ts';
import {openPortForward} from '../../../source/cluster/port-forward.ts';
import {openDemo} from '../helpers/demo.ts';

async function podOf(prefix: string) {
	const demo = await openDemo();
	const pod = demo.simulation.world.list('Pod').find(({metadata}) => metadata.name.startsWith(prefix));
	return {...demo, namespace: pod?.metadata.namespace ?? '', name: pod?.metadata.name ?? ''};
}

test('a port-forward carries bytes both ways and ends with its peer', async () => {
	const {connection, namespace, name} = await podOf('api-');
	const stream = await openPortForward(connection, {namespace, pod: name, port: 8080});
	stream.end('GET / HTTP/1.0\r\n\r\n');
	const chunks = await stream.toArray();
	expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n/u);
});

test('a port-forward to a port where nothing listens ends with a refusal', async () => {
	const {connection, namespace, name} = await podOf('api-');
	const stream = await openPortForward(connection, {namespace, pod: name, port: 8081});
	const [error] = await once(stream, 'error').catch((failure: unknown) => [failure]);
	expect(error).toMatchObject({name: 'PortForwardError', refused: true});
});

test('a port-forward ends with its signal', async () => {
	const {connection, namespace, name} = await podOf('db-');
	const cancel = new AbortController();
	const stream = await openPortForward(connection, {namespace, pod: name, port: 5432, signal: cancel.signal});
	const failed = new Promise((resolve) => {
		stream.once('error', resolve);
	});
	cancel.abort();
	expect(await failed).toMatchObject({code: 'ABORTED'});
});

test('a command gives its output and status, one that is not there says so', async () => {
	const {connection, namespace, name} = await podOf('kube-proxy-');
	const place = {namespace, pod: name, container: 'kube-proxy', maxBytes: 1_000_000};
	const rules = await execInPod(connection, {...place, command: ['iptables-save']});
	expect(rules).toMatchObject({exitStatus: 0, isCut: false});
	expect(rules.stdout).toContain('-A KUBE-SERVICES -d 10.96.12.4/32');
	const missing = await execInPod(connection, {...place, command: ['nft']});
	expect(missing).toEqual({
		stdout: '',
		stderr: '',
		isCut: false,
		failure: 'exec: "nft": executable file not found in $PATH',
	});
	expect(await execInPod(connection, {...place, maxBytes: 10, command: ['iptables-save']})).toMatchObject({
		isCut: true,
	});
});

test('the proxies tell an answer of the target from the words of the API server', async () => {
	const {connection, namespace, name} = await podOf('api-');
	const ask = (kind: 'pods' | 'services', target: string, port: number) =>
		getThroughProxy(connection, {kind, namespace, name: target, port, scheme: 'http', urlPath: '/'});
	expect(await ask('pods', name, 8080)).toEqual({status: 200, server: 'shop'});
	expect(await ask('pods', name, 8081)).toEqual({
		status: 503,
		message: expect.stringMatching(
			/^error trying to reach service: dial tcp .*: connect: connection refused$/u,
		),
	});
	expect(await ask('services', 'api', 80)).toEqual({status: 200, server: 'shop'});
	await expect(ask('services', 'apis', 80)).rejects.toMatchObject({status: 404});
});
