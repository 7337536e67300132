import {expect, test} from 'vitest';
import type {Connection} from '../../source/cluster/connection.ts';
import {ApiError} from '../../source/cluster/transport/errors.ts';
import {nodeRules} from '../../source/evidence/gather/node-rules.ts';
import {dnsThroughPortForward} from '../../source/evidence/gather/dns-inside.ts';
import {throughPortForward} from '../../source/evidence/gather/through-port-forward.ts';
import {throughProxy} from '../../source/evidence/gather/through-proxy.ts';
import type {ProbeTools} from '../../source/evidence/probe.ts';
import {isFailure} from '../../source/model/evidence.ts';

const refuse = async (): Promise<never> => {
	throw new ApiError({status: 403, reason: 'Forbidden', message: 'pods "web-1" is forbidden: no'});
};

const tools = {
	connection: {request: refuse, webSocket: refuse} as unknown as Connection,
	clock: () => 1000,
	signal: new AbortController().signal,
	userAgent: 'knet/test',
} as unknown as ProbeTools;

test('a role that may only read learns from every probe which permission it lacks', async () => {
	const pod = {namespace: 'shop', name: 'web-1'};
	const forward = 'create pods/portforward in namespace shop';
	const found = [
		...(await throughPortForward(
			{address: '10.244.1.3', port: 8080, pod, permission: forward, of: {}},
			tools,
		)),
		...(await throughProxy(
			{
				kind: 'pods',
				...pod,
				port: 8080,
				scheme: 'http',
				urlPath: '/',
				address: '10.244.1.3',
				permission: 'get pods/proxy in namespace shop',
				of: {},
			},
			tools,
		)),
		...(await dnsThroughPortForward(
			{...pod, port: 53},
			{
				tries: [{name: 'web', types: ['A', 'AAAA']}],
				resolver: 'shop/web-1',
				permission: forward,
				of: {},
			},
			tools,
		)),
		...(await nodeRules(
			{
				node: 'node-a',
				mode: 'iptables',
				families: ['IPv4'],
				services: [],
				permission: 'create pods/exec in namespace kube-system',
				of: {},
				pod: {namespace: 'kube-system', name: 'kube-proxy-x', container: 'kube-proxy'},
			},
			tools,
		)),
	];
	expect(found.map(({type, result}) => [type, isFailure(result) && result])).toEqual([
		['connect', {failed: 'forbidden', permission: forward, message: `you may not ${forward}`}],
		[
			'http',
			{
				failed: 'forbidden',
				permission: 'get pods/proxy in namespace shop',
				message: 'you may not get pods/proxy in namespace shop',
			},
		],
		['dns', {failed: 'forbidden', permission: forward, message: `you may not ${forward}`}],
		[
			'rules',
			{
				failed: 'forbidden',
				permission: 'create pods/exec in namespace kube-system',
				message: 'you may not create pods/exec in namespace kube-system',
			},
		],
	]);
});
