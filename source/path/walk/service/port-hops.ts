import type {ResolvedEndpoint} from '../../../rules/endpoint-slices/endpoint.ts';
import type {Served, ServiceSegment} from './service-segment.ts';
import type {HopContext, HopEvaluation} from '../../hop-evaluator.ts';
import type {HopKind} from '../../hop-kind.ts';
import {targetsOf, withTargets} from './pod-targets.ts';
import {asRegistered} from '../../../rules/load-balancers/pod-targets.ts';
import {evaluateHop} from '../evaluate-hop.ts';
import {endpointsEvaluator, type EndpointsInput, type EndpointsOutput} from '../../endpoints/evaluate.ts';
import {skipped} from '../skipped.ts';
import {kubeProxyEvaluator} from '../../kube-proxy/evaluate.ts';
import {networkPolicyEvaluator} from '../../network-policy/evaluate.ts';
import {policySource} from './policy-source.ts';
import {mtlsOfPods} from '../../mesh/mtls.ts';
import {withNodeRoutes} from './node-routes.ts';
import {withMesh} from './with-mesh.ts';
import {podEvaluator} from '../../pod/evaluate.ts';
import {type Service, isHeadless} from '../../../model/services/service.ts';
import type {KubeProxyInput} from '../../kube-proxy/context.ts';

/** A client of a headless Service gets the pods' addresses, even with a port that the Service does not have. */
function atPodPort(
	endpoints: readonly ResolvedEndpoint[],
	{service, port}: Served,
): readonly ResolvedEndpoint[] {
	return service.ports.some(({port: number}) => number === port.port)
		? endpoints
		: endpoints.map((endpoint) => ({...endpoint, port: port.port}));
}

/** The hops of one port of a Service, from its endpoints on. */
export function portHops(
	clusterContext: HopContext,
	segment: ServiceSegment,
	served: Served,
): readonly HopEvaluation<HopKind>[] {
	const {service, port} = served;
	const targets = targetsOf(clusterContext, segment, served);
	const hopContext = targets
		? {...clusterContext, snapshot: asRegistered(clusterContext.snapshot)}
		: clusterContext;
	const {family, subset, throughProxy, controller} = segment;
	const chooses = throughProxy ? undefined : controller?.chooses;
	const nothingSent = whyNothing(clusterContext, segment, served);
	const endpoints = evaluateHop(endpointsEvaluator, hopContext, {
		service,
		port,
		family,
		chooses,
		subset,
		nothingSent,
	});
	const why = nothingSent ? 'not on the way: the controller in front sends nothing' : endpoints.lastBecause;
	if (why !== undefined) {
		return [endpoints, skipped('kube-proxy', why), skipped('network-policy', why), skipped('pod', why)];
	}

	const bypassed = targets ?? bypassOf(segment, service);
	return [
		withTargets(clusterContext, {segment, service, endpoints, targets}),
		...hopsToPods(hopContext, {segment, served, endpoints, bypassed}),
	];
}

type ToPods = {
	readonly segment: ServiceSegment;
	readonly served: Served;
	readonly endpoints: EndpointsOutput;
	readonly bypassed: KubeProxyInput['bypassed'];
};

function hopsToPods(
	hopContext: HopContext,
	{segment, served, endpoints, bypassed}: ToPods,
): readonly HopEvaluation<HopKind>[] {
	const {service, port} = served;
	const {exposureType, family, nodeAddress, scheme} = segment;
	const reached = endpoints.endpoints;
	const proxyInput = {service, port, endpoints: reached, exposureType, family, nodeAddress, bypassed};
	const mtls = mtlsOfPods(hopContext, {
		endpoints: port.protocol === 'TCP' ? reached : [],
		served,
		namespace: service.namespace,
		from: policySource(hopContext, segment, service),
		picksPods: bypassed !== undefined,
		isTls: scheme === 'https',
	});
	return [
		evaluateHop(kubeProxyEvaluator, hopContext, proxyInput),
		policyHop(hopContext, segment, {...served, endpoints: reached}),
		withNodeRoutes(hopContext, withMesh(podHop(hopContext, served, endpoints), mtls), reached, {
			service,
			exposureType,
			isBypassed: bypassed !== undefined,
		}),
	];
}

/** By the rules of the controller in front, where it is one that knet knows. */
function whyNothing(
	{snapshot}: HopContext,
	{controller, throughProxy = false}: ServiceSegment,
	served: Served,
): EndpointsInput['nothingSent'] {
	const found = controller?.record.sendsNothing?.({
		...served,
		snapshot,
		throughProxy,
		version: controller.version,
		flags: controller.flags,
		pods: controller.pods,
	});
	return found && {...found, by: controller?.implementation ?? ''};
}

function policyHop(
	hopContext: HopContext,
	segment: ServiceSegment,
	{service, port, endpoints}: Served & {readonly endpoints: readonly ResolvedEndpoint[]},
): HopEvaluation<HopKind> {
	return evaluateHop(networkPolicyEvaluator, hopContext, {
		endpoints: atPodPort(endpoints, {service, port}),
		protocol: port.protocol,
		namespace: service.namespace,
		service: service.name,
		portName: port.name,
		labels: service.selector,
		from: policySource(hopContext, segment, service),
	});
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
