import type {EndpointSlice} from '../../model/services/endpoint-slice.ts';
import type {KindMap} from '../../model/kind-map.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {TargetGroupBinding} from '../../model/services/target-group-binding.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
const gatePrefix = 'target-health.elbv2.k8s.aws/';

/** A load balancer that sends to pods: past node ports, traffic policies and kube-proxy. */
export type PodTargets = {
	readonly by: string;
	/** Target groups of the port that is asked for. */
	readonly groups: readonly TargetGroupBinding[];
};

/**
By what the Service asks of its load balancer, or what the controller bound to it. Source: AWS Load Balancer Controller,
docs/guide/service/annotations.md, pkg/service/model_build_target_group.go; EKS Auto Mode (its class defaults to `ip`).
*/
export function podTargetsOf(
	snapshot: Snapshot,
	service: Service,
	port: ServicePort | undefined,
): PodTargets | undefined {
	if (service.type !== 'LoadBalancer') {
		const bound = boundByHand(snapshot, service, port);
		return bound.length > 0 ? {by: 'the AWS load balancer', groups: bound} : undefined;
	}

	const {annotations, loadBalancerClass} = service;
	const type = annotations[`${prefix}type`];
	const targetType = annotations[`${prefix}nlb-target-type`];
	const isAuto = loadBalancerClass === 'eks.amazonaws.com/nlb';
	const isToPods =
		type === 'nlb-ip' ||
		(isOfController(service) && (targetType === 'ip' || targetType === 'nlb-ip')) ||
		(isAuto && targetType === undefined);
	const groups = isToPods || isOnAws(service) ? groupsOf(snapshot, service, port) : [];
	return isToPods || groups.some((group) => group.targetType === 'ip')
		? {by: 'the AWS load balancer', groups}
		: undefined;
}

/**
Target groups of pods that somebody made outside and bound to the Service, whatever its type (AWS Load Balancer Controller,
docs/guide/targetgroupbinding). Of an Ingress or a Gateway the controller makes the binding itself.
*/
export function boundByHand(
	snapshot: Snapshot,
	service: Service,
	port: ServicePort | undefined,
): readonly TargetGroupBinding[] {
	return service.type === 'LoadBalancer' || service.type === 'ExternalName'
		? []
		: groupsOf(snapshot, service, port).filter((group) => group.targetType === 'ip' && !isMade(group));
}

/**
Target groups of nodes that somebody bound to a Service without node ports: the controller refuses them and registers nothing
(pkg/backend/endpoint_resolver.go, ResolveNodePortEndpoints).
*/
export function boundWithoutNodePorts(
	snapshot: Snapshot,
	service: Service,
	port: ServicePort | undefined,
): readonly TargetGroupBinding[] {
	return service.type === 'ClusterIP'
		? groupsOf(snapshot, service, port).filter((group) => group.targetType === 'instance' && !isMade(group))
		: [];
}

/** Of a stack, by its labels or its name (pkg/deploy/tracking/provider.go; pkg/ingress/model_build_target_group.go). */
function isMade({name, labels}: TargetGroupBinding): boolean {
	return (
		name.startsWith('k8s-') ||
		Object.keys(labels).some((key) => /^(?:ingress|service|gateway)\.k8s\.aws/u.test(key))
	);
}

/** AWS Load Balancer Controller makes it, or the one inside EKS Auto Mode. */
export function isOfController({annotations, loadBalancerClass}: Service): boolean {
	const type = annotations[`${prefix}type`];
	return (
		type === 'external' ||
		type === 'nlb-ip' ||
		loadBalancerClass === 'eks.amazonaws.com/nlb' ||
		loadBalancerClass === 'service.k8s.aws/nlb'
	);
}

/** The same for an Ingress or a Gateway: a controller outside the cluster that registers pods by target group. */
export function podTargetsOfController(
	snapshot: Snapshot,
	service: Service,
	port: ServicePort | undefined,
): PodTargets | undefined {
	const groups = groupsOf(snapshot, service, port).filter(({targetType}) => targetType === 'ip');
	return groups.length > 0 ? {by: 'AWS Load Balancer Controller', groups} : undefined;
}

function isOnAws({loadBalancer}: Service): boolean {
	return loadBalancer.some(({hostname}) => hostname?.endsWith('.amazonaws.com'));
}

function groupsOf(
	snapshot: Snapshot,
	{namespace, name}: Service,
	port: ServicePort | undefined,
): readonly TargetGroupBinding[] {
	return snapshot
		.list('TargetGroupBinding', namespace)
		.filter(
			(each) =>
				each.service === name &&
				(!port || each.port === undefined || each.port === port.port || each.port === port.name),
		);
}

/** What the health checks of a target group say of a pod, by its readiness gate. Undefined: it has none. */
export function healthIn(group: Pick<TargetGroupBinding, 'name'>, {conditions}: Pod): boolean | undefined {
	const gate = conditions.find(({type}) => type === `${gatePrefix}${group.name}`);
	return gate && gate.status === 'True';
}

/** Gates of target groups that are not True: they keep the pod from being Ready inside the cluster. */
export function failedGates({conditions}: Pod): readonly string[] {
	return conditions
		.filter(({type, status}) => type.startsWith(gatePrefix) && status !== 'True')
		.map(({type}) => type);
}

/**
The cluster as the load balancer sees it: a pod is a target when its containers are ready, whatever its readiness gates say
(AWS Load Balancer Controller, pkg/backend/endpoint_resolver.go).
*/
export function asRegistered(snapshot: Snapshot): Snapshot {
	const one = (pod: Pod | undefined): Pod | undefined => pod && registered(pod);
	return {
		...snapshot,
		// Nothing that was computed of the cluster itself holds for this view.
		version: {},
		get: <K extends keyof KindMap>(kind: K, namespace: string, name: string) =>
			kind === 'Pod'
				? (one(snapshot.get('Pod', namespace, name)) as KindMap[K] | undefined)
				: snapshot.get(kind, namespace, name),
		list: <K extends keyof KindMap>(kind: K, namespace?: string) =>
			kind === 'Pod'
				? (snapshot.list('Pod', namespace).map(registered) as unknown as readonly KindMap[K][])
				: snapshot.list(kind, namespace),
		podsLabelled: (namespace, key, value) => snapshot.podsLabelled(namespace, key, value).map(registered),
		podsWithIp: (ip) => snapshot.podsWithIp(ip).map(registered),
		slicesOf: (namespace, service) =>
			snapshot.slicesOf(namespace, service).map((slice) => withTargets(snapshot, slice)),
	};
}

function registered(pod: Pod): Pod {
	const isUp = pod.conditions.some(({type, status}) => type === 'ContainersReady' && status === 'True');
	return pod.ready || !isUp || failedGates(pod).length === 0
		? pod
		: {
				...pod,
				ready: true,
				readinessGates: pod.readinessGates.filter((gate) => !gate.startsWith(gatePrefix)),
			};
}

function withTargets(snapshot: Snapshot, slice: EndpointSlice): EndpointSlice {
	return {
		...slice,
		endpoints: slice.endpoints.map((endpoint) => {
			const {ready, terminating, pod: ref} = endpoint;
			const pod = ready || terminating || !ref ? undefined : snapshot.get('Pod', ref.namespace, ref.name);
			return pod && registered(pod).ready ? {...endpoint, ready: true, serving: true} : endpoint;
		}),
	};
}
