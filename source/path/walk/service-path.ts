import type {Pod} from '../../model/pod.ts';
import {isHeadless, type IpFamily, type Service, type ServicePort} from '../../model/service.ts';
import type {HopKind} from '../hop.ts';
import type {HopEvaluation, HopContext} from '../hop-evaluator.ts';
import {endpointsEvaluator, type EndpointsOutput} from '../endpoints/evaluate.ts';
import {kubeProxyEvaluator, proxyFor, symptomOfMissingPort} from '../kube-proxy/evaluate.ts';
import type {Finding} from '../finding.ts';
import {statusOf} from '../hop-status.ts';
import {meshRouted} from '../mesh/mesh-routed.ts';
import {withMesh} from './with-mesh.ts';
import {waypointOnTheWay} from '../mesh/waypoint.ts';
import {mtlsOfPods} from '../mesh/mtls.ts';
import {networkPolicyEvaluator} from '../network-policy/evaluate.ts';
import {podEvaluator} from '../pod/evaluate.ts';
import {serviceEvaluator, type ServiceOutput} from '../service/evaluate.ts';
import {skipped} from './skipped.ts';
import {evaluateHop} from './evaluate-hop.ts';
import type {NodeAddress} from '../kube-proxy/context.ts';
import type {Subset} from '../../rules/backend.ts';
import type {Controller} from '../../rules/controllers/controller.ts';
import {
	asRegistered,
	podTargetsOf,
	podTargetsOfController,
	type PodTargets,
} from '../../rules/load-balancers/pod-targets.ts';
import {targetFindings} from '../load-balancer/pod-targets.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';
import type {StopReason} from '../../rules/stop.ts';
import type {ExposureType} from '../../rules/kube-proxy/exposure-type.ts';

/** A Service port that a path goes to, and how it gets there. */
export type ServiceSegment = {
	readonly namespace: string;
	readonly name: string;
	readonly servicePort?: {readonly name?: string; readonly number?: number};
	readonly via: 'route' | 'target';
	readonly clientPort?: number;
	readonly exposureType: ExposureType;
	readonly family?: IpFamily;
	readonly nodeAddress?: NodeAddress;
	readonly controller?: Controller;
	/** The rule tells the controller to use the Service's own address (nginx service-upstream, Traefik nativelb). */
	readonly throughProxy?: boolean;
	/** Those of its pods alone. */
	readonly subset?: Subset;
};

/** The hops from a Service to its pods: one list for each port that fits. */
export function servicePaths(
	hopContext: HopContext,
	segment: ServiceSegment,
): readonly (readonly HopEvaluation<HopKind>[])[] {
	const service = evaluateHop(serviceEvaluator, hopContext, segment);
	if (!service.service || service.ports.length === 0 || service.service.type === 'ExternalName') {
		return [[withMissingPort(hopContext, service, segment.exposureType), ...nothingBehind(service)]];
	}

	const found = service.service;
	const decided = segment.via === 'target' ? decidedByMesh(hopContext, found) : undefined;
	if (decided) {
		const {hop} = withFinding(service, decided.finding);
		return [[{hop, stop: decided.stop}, ...notFollowed('not followed: the mesh decides')]];
	}

	return portsMeant(service, segment.via).map((port) => [
		service.ports.length > 1 ? ofPort(hopContext, segment, port) : service,
		...portHops(hopContext, segment, {service: found, port}),
	]);
}

/** A route of the mesh, or a waypoint, stands between the client and the Service. */
function decidedByMesh(
	hopContext: HopContext,
	service: Service,
): {readonly finding: Finding; readonly stop?: StopReason} | undefined {
	const routed = meshRouted(hopContext, service);
	return routed ? {finding: routed} : waypointOnTheWay(hopContext, service);
}

/** The Service, by one port of several: those of one number differ by protocol and have names. */
function ofPort(
	hopContext: HopContext,
	segment: ServiceSegment,
	{name, port}: ServicePort,
): HopEvaluation<'service'> {
	return evaluateHop(serviceEvaluator, hopContext, {...segment, servicePort: {name, number: port}});
}

/** A rule sends HTTP: of a TCP and a UDP port of one number it means the first. */
function portsMeant({ports}: ServiceOutput, via: ServiceSegment['via']): ServiceOutput['ports'] {
	const first = ports.find(({protocol}) => protocol === 'TCP');
	return via === 'route' && ports.length > 1 && first ? [first] : ports;
}

/** The port that a Service lacks is answered by kube-proxy, and differently by mode (findings: KNET518). */
function withMissingPort(
	hopContext: HopContext,
	evaluation: ServiceOutput,
	exposureType: ExposureType,
): HopEvaluation<'service'> {
	if (!evaluation.lacksPort || !evaluation.service) {
		return evaluation;
	}

	const {mode} = proxyFor(hopContext, {service: evaluation.service, exposureType});
	// Only cluster IPs are in the set that nftables mode rejects by: an address from outside takes no other port.
	const isOutside = mode === 'nftables' && exposureType !== 'cluster-ip';
	return {...evaluation, stop: isOutside ? 'dropped' : symptomOfMissingPort(mode)};
}

function nothingBehind({service, hop}: ServiceOutput): readonly HopEvaluation<HopKind>[] {
	const why = service
		? service.type === 'ExternalName'
			? 'not on the way: the Service is a DNS alias'
			: 'not reached: no such port'
		: `not reached: ${hop.summary}`;
	return notFollowed(why);
}

function notFollowed(why: string): readonly HopEvaluation<HopKind>[] {
	return (['endpoints', 'kube-proxy', 'network-policy', 'pod'] as const).map((kind) => skipped(kind, why));
}

function withFinding({hop}: HopEvaluation<'service'>, added: Finding): HopEvaluation<'service'> {
	const findings = [...hop.findings, added];
	return {hop: {...hop, findings, status: statusOf(findings)}};
}

/** A client of a headless Service that chose another port than those of the Service has the pods' addresses all the same. */
function atPodPort(
	endpoints: readonly ResolvedEndpoint[],
	{service, port}: Served,
): readonly ResolvedEndpoint[] {
	return service.ports.some(({port: number}) => number === port.port)
		? endpoints
		: endpoints.map((endpoint) => ({...endpoint, port: port.port}));
}

type Served = {readonly service: Service; readonly port: ServicePort};

function portHops(
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

/** Pods as targets of a load balancer: of the Service itself, or of the controller in front of it. */
function targetsOf(
	{snapshot}: HopContext,
	{controller, exposureType, throughProxy}: ServiceSegment,
	{service, port}: Served,
): PodTargets | undefined {
	if (exposureType === 'load-balancer') {
		return podTargetsOf(snapshot, service, port);
	}

	return controller?.record.bindsTargetGroups && !throughProxy
		? podTargetsOfController(snapshot, service, port)
		: undefined;
}

type Targeted = {
	readonly segment: ServiceSegment;
	readonly service: Service;
	readonly endpoints: EndpointsOutput;
	readonly targets?: PodTargets;
};

/** The load balancer hop of a controller is about its address alone: what it thinks of its targets stands at the endpoints. */
function withTargets(
	hopContext: HopContext,
	{segment, service, endpoints, targets}: Targeted,
): EndpointsOutput {
	if (!targets) {
		return endpoints;
	}

	if (!segment.controller) {
		// What a load balancer without targets answers is not known.
		return endpoints.stop ? {...endpoints, stop: 'nobody'} : endpoints;
	}

	const {hop} = endpoints;
	const findings = [...hop.findings, ...targetFindings({hopContext, service, podTargets: targets})];
	return endpoints.stop ? endpoints : {...endpoints, hop: {...hop, findings, status: statusOf(findings)}};
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

type PolicySource = Parameters<typeof networkPolicyEvaluator.evaluate>[1]['from'];

function policySource(
	{source, snapshot}: HopContext,
	{controller, exposureType}: ServiceSegment,
	{externalTrafficPolicy}: Service,
): PolicySource {
	if (controller) {
		const {pods, workload, implementation, record, managed} = controller;
		return {
			type: 'controller',
			pods,
			workload,
			name: implementation,
			sender: record.sender ?? (managed ? {identity: 'outside', addresses: []} : undefined),
		};
	}

	switch (source.kind) {
		case 'pod': {
			const pod: Pod | undefined = snapshot.get('Pod', source.namespace, source.name);
			return pod ? {type: 'pod', pod} : {type: 'external'};
		}

		case 'node':
			return {type: 'node', name: source.name};
		case 'external':
			return {
				type: 'external',
				ip: source.ip,
				isMasqueraded: exposureType !== 'cluster-ip' && externalTrafficPolicy === 'Cluster',
			};
	}
}

/** Plain endpoints of a Service port, without judging them: for the Service in front of a controller. */
export function plainEndpoints(
	hopContext: HopContext,
	service: Service,
	port: ServicePort,
): readonly ResolvedEndpoint[] {
	return endpointsEvaluator.evaluate(hopContext, {service, port}).endpoints;
}
