import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';
import type {Served, ServiceSegment} from './service-segment.ts';
import type {HopContext, HopEvaluation} from '../hop-evaluator.ts';
import type {HopKind} from '../hop-kind.ts';
import {targetsOf, withTargets} from './pod-targets.ts';
import {asRegistered} from '../../rules/load-balancers/pod-targets.ts';
import {evaluateHop} from './evaluate-hop.ts';
import {endpointsEvaluator, type EndpointsOutput} from '../endpoints/evaluate.ts';
import {skipped} from './skipped.ts';
import {kubeProxyEvaluator} from '../kube-proxy/evaluate.ts';
import {networkPolicyEvaluator} from '../network-policy/evaluate.ts';
import {policySource} from './policy-source.ts';
import {mtlsOfPods} from '../mesh/mtls.ts';
import {withMesh} from './with-mesh.ts';
import {podEvaluator} from '../pod/evaluate.ts';
import {type Service, isHeadless} from '../../model/service.ts';

/** A client of a headless Service that chose another port than those of the Service has the pods' addresses all the same. */
function atPodPort(
	endpoints: readonly ResolvedEndpoint[],
	{service, port}: Served,
): readonly ResolvedEndpoint[] {
	return service.ports.some(({port: number}) => number === port.port)
		? endpoints
		: endpoints.map((endpoint) => ({...endpoint, port: port.port}));
}

export function portHops(
	clusterContext: HopContext,
	segment: ServiceSegment,
	{service, port}: Served,
): readonly HopEvaluation<HopKind>[] {
	const targets = targetsOf(clusterContext, segment, {service, port});
	const hopContext = targets
		? {...clusterContext, snapshot: asRegistered(clusterContext.snapshot)}
		: clusterContext;
	const endpoints = evaluateHop(endpointsEvaluator, hopContext, {
		service,
		port,
		family: segment.family,
		chooses: segment.throughProxy ? undefined : segment.controller?.chooses,
		subset: segment.subset,
	});
	if (endpoints.takenOver) {
		const why = 'not on the way: Envoy of Cilium takes the traffic';
		return [endpoints, skipped('kube-proxy', why), skipped('network-policy', why), skipped('pod', why)];
	}

	const proxy = evaluateHop(kubeProxyEvaluator, hopContext, {
		service,
		port,
		endpoints: endpoints.endpoints,
		exposureType: segment.exposureType,
		family: segment.family,
		nodeAddress: segment.nodeAddress,
		bypassed: targets ?? bypassOf(segment, service),
	});
	const policy = evaluateHop(networkPolicyEvaluator, hopContext, {
		endpoints: atPodPort(endpoints.endpoints, {service, port}),
		protocol: port.protocol,
		namespace: service.namespace,
		labels: service.selector,
		from: policySource(hopContext, segment, service),
	});
	const mesh = mtlsOfPods(hopContext, {
		endpoints: port.protocol === 'TCP' ? endpoints.endpoints : [],
		namespace: service.namespace,
		from: policySource(hopContext, segment, service),
		picksPods: (targets ?? bypassOf(segment, service)) !== undefined,
	});
	return [
		withTargets(clusterContext, {segment, service, endpoints, targets}),
		proxy,
		policy,
		withMesh(podHop(hopContext, {service, port}, endpoints), mesh),
	];
}

// Pods say why endpoints are not ready; of endpoints nobody knows there is nothing to ask them in an overview.
function podHop(
	hopContext: HopContext,
	served: Served,
	{hop, endpoints}: EndpointsOutput,
): HopEvaluation<'pod'> {
	return hopContext.detail === 'overview' && hop.status === 'unknown'
		? skipped('pod', 'endpoints not known')
		: evaluateHop(podEvaluator, hopContext, {...served, endpoints});
}

/** A controller that picks endpoints itself goes past kube-proxy, unless the rule sends it to the Service's own address. */
function bypassOf(
	{controller, throughProxy}: ServiceSegment,
	service: Service,
): {readonly by: string} | undefined {
	return controller?.bypassesProxy && !throughProxy && !isHeadless(service)
		? {by: controller.implementation}
		: undefined;
}
