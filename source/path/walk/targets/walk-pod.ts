import {clientPod} from '../../../rules/client-pod.ts';
import {lookup} from '../../../model/snapshot.ts';
import type {Pod} from '../../../model/workloads/pod.ts';
import type {Path} from '../../report.ts';
import type {HopKind} from '../../hop-kind.ts';
import {parseIp} from '../../../model/matching/ip.ts';
import type {Source} from '../../../model/request.ts';
import type {Protocol} from '../../../model/services/service.ts';
import type {ResolvedEndpoint} from '../../../rules/endpoint-slices/endpoint.ts';
import type {PolicySource} from '../../../rules/network-policy/connections.ts';
import {networkPolicyEvaluator} from '../../network-policy/evaluate.ts';
import {mtlsOfPods} from '../../mesh/mtls.ts';
import {addressOutsideRegistry} from '../../mesh/outside-registry.ts';
import {podNetworkEvaluator} from '../../pod-network/evaluate.ts';
import type {HopContext, HopEvaluation} from '../../hop-evaluator.ts';
import {podEvaluator} from '../../pod/evaluate.ts';
import type {Target} from '../../target.ts';
import {hopContextOf, type WalkContext} from '../context.ts';
import {judge} from '../path-verdict.ts';
import {skipped} from '../skipped.ts';
import {withMesh} from '../service/with-mesh.ts';
import {unknownPath} from '../unknown-path.ts';
import {evaluateHop} from '../evaluate-hop.ts';

/** `pod/NAME:PORT`: no name, no Service, only the pod. */
export function walkPod(context: WalkContext, target: Extract<Target, {kind: 'pod'}>): readonly Path[] {
	const namespace = target.namespace ?? context.namespace ?? 'default';
	const found = lookup(context.snapshot, 'Pod', namespace, target.name);
	const title = target.port === undefined ? `pod/${target.name}` : `pod/${target.name}:${target.port}`;
	if ('unknown' in found) {
		return [unknownPath(title, {hop: 'pod', kind: 'Pod', namespace, state: found.unknown})];
	}

	return 'missing' in found ? [] : [judge({title, hops: podHops(context, found.found, target.port)})];
}

/** The way to a pod by its own address: the network, the policies at both ends, the pod. */
export function podHops(
	context: WalkContext,
	pod: Pod,
	port: number | string | undefined,
	{dns, isAtNode}: {readonly dns?: HopEvaluation<'dns'>; readonly isAtNode?: boolean} = {},
): readonly HopEvaluation<HopKind>[] {
	const hopContext = hopContextOf(context);
	const {from: source, snapshot} = context;
	const from = clientPod(snapshot, source);
	const before = (
		['dns', 'load-balancer', 'controller', 'route', 'service', 'endpoints', 'kube-proxy'] as const
	).map((kind) => (kind === 'dns' && dns) || skipped(kind, 'not on the way to a pod'));
	const connection = connectionTo(hopContext, {from, pod, port});
	const mesh =
		'protocol' in connection && connection.protocol === 'TCP'
			? (addressOutsideRegistry(snapshot, from, pod, connection.endpoints[0]?.port) ??
				mtlsOfPods(hopContext, {...connection, picksPods: true}))
			: {findings: []};
	return [
		...before,
		isAtNode
			? skipped('pod-network', 'not on the way: the node takes the port')
			: evaluateHop(podNetworkEvaluator, hopContext, {from, to: pod}),
		'protocol' in connection
			? evaluateHop(networkPolicyEvaluator, hopContext, {...connection, labels: pod.labels})
			: skipped('network-policy', connection.why),
		withMesh(evaluateHop(podEvaluator, hopContext, {endpoints: [], pod, containerPort: port}), mesh),
	];
}

type Requested = {
	readonly from: Pod | undefined;
	readonly pod: Pod;
	readonly port: number | string | undefined;
};

type Connection = {
	readonly endpoints: readonly ResolvedEndpoint[];
	readonly protocol: Protocol;
	readonly namespace: string;
	readonly from: PolicySource;
};

function connectionTo(
	hopContext: HopContext,
	{from, pod, port}: Requested,
): Connection | {readonly why: string} {
	const declared = pod.containers
		.flatMap(({ports}) => ports)
		.find((each) => each.name === port || each.containerPort === port);
	const number = declared?.containerPort ?? (typeof port === 'number' ? port : undefined);
	const [address] = pod.podIPs;
	if (number === undefined || address === undefined) {
		return {why: port === undefined ? `ask for pod/${pod.name}:PORT` : 'no such address'};
	}

	return {
		endpoints: [
			{
				address,
				port: number,
				ready: true,
				serving: true,
				terminating: false,
				node: pod.nodeName,
				pod: pod.name,
				podObject: pod,
				family: parseIp(address)?.family ?? 'IPv4',
			},
		],
		protocol: declared?.protocol ?? 'TCP',
		namespace: pod.namespace,
		from: policySource(hopContext.source, from),
	};
}

function policySource(source: Source, from: Pod | undefined): PolicySource {
	if (source.kind === 'external') {
		return {type: 'external', ip: source.ip};
	}

	return from
		? {type: 'pod', pod: from}
		: {type: 'node', name: source.kind === 'node' ? source.name : undefined};
}
