import {refOf} from '../../model/ref.ts';
import {servingContainers} from '../../rules/endpoint-slices/endpoint-ports.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import {isKnown} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import {findPort} from '../../rules/endpoint-slices/endpoint-ports.ts';
import {mayBeOnLoopback} from '../../rules/components/loopback-port.ts';
import {hasEnded} from '../../rules/endpoint-slices/membership.ts';
import {arePlanned} from '../planned.ts';
import {areExplained} from './explained.ts';
import {selectedPods} from '../../rules/endpoint-slices/selected-pods.ts';
import type {Finding} from '../finding.ts';
import {statusOf} from '../hop-status.ts';
import type {HopStatus} from '../hop.ts';
import {podsDetails} from './details.ts';
import {podFindings} from './pod-findings.ts';
import {nodeNotReady} from './node-not-ready.ts';
import {isRefused, probedPorts, type Probed} from './refused-port.ts';
import type {PodsView} from './pod-view.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../hop-evaluator.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';

/** Pods behind a Service port, or (`pod`) one pod that was asked for with a container port. */
type PodInput = {
	readonly service?: Service;
	readonly port?: ServicePort;
	/** As the endpoints hop gave them. */
	readonly endpoints: readonly ResolvedEndpoint[];
	readonly pod?: Pod;
	readonly containerPort?: number | string;
};

/** The pods themselves: what keeps them from being ready, and what probes of their ports showed. */
export const podEvaluator: HopEvaluator<'pod', PodInput> = {
	kind: 'pod',
	evaluate(hopContext, input) {
		const {service, endpoints} = input;
		const namespace = input.pod?.namespace ?? service?.namespace ?? '';
		if (!needsPods(hopContext, input)) {
			return fromSlices(hopContext, input);
		}

		const state = hopContext.snapshot.state('Pod', namespace);
		const access = isKnown(state) ? undefined : accessFinding('Pod', namespace, state);
		if (access && !input.pod) {
			return hop({status: 'unknown', summary: 'pods not known', findings: [access]});
		}

		const pods = podsOf(hopContext, input);
		return pods.length === 0 && !service?.selector
			? hop({
					status: 'skipped',
					summary: endpoints.length === 0 ? 'no pods' : 'the endpoints name no pods',
					findings: [],
					notChecked: endpoints.length === 0 ? undefined : unprobed(endpoints),
				})
			: resolvePods(viewOf(hopContext, input, pods), hopContext);
	},
};

/** In the overview, endpoints that are ready, or whose nodes say why not, say all there is to say. */
function needsPods({detail, snapshot}: HopContext, {endpoints, pod, service}: PodInput): boolean {
	return (
		detail === 'full' ||
		pod !== undefined ||
		service?.publishNotReadyAddresses === true ||
		endpoints.some(({port}) => mayBeOnLoopback(port)) ||
		!areExplained(endpoints, snapshot)
	);
}

function fromSlices(hopContext: HopContext, input: PodInput): HopEvaluation<'pod'> {
	const ready = input.endpoints.filter((endpoint) => endpoint.ready && !endpoint.terminating);
	const view = {...viewOf(hopContext, input, []), unread: true as const};
	const findings = nodeNotReady(view);
	return hop({
		status: statusOf(findings),
		summary: `${ready.length === 0 ? 'none' : ready.length} ready`,
		findings,
		notChecked: unprobed(input.endpoints),
	});
}

function podsOf({snapshot}: HopContext, {pod, service, endpoints}: PodInput): readonly Pod[] {
	if (pod) {
		return [pod];
	}

	return service?.selector
		? (selectedPods(snapshot, service) ?? [])
		: endpoints.flatMap((endpoint) => {
				const found =
					endpoint.podObject ??
					(endpoint.pod && service ? snapshot.get('Pod', service.namespace, endpoint.pod) : undefined);
				return found ? [found] : [];
			});
}

function viewOf({snapshot}: HopContext, input: PodInput, pods: readonly Pod[]): PodsView {
	const {service, endpoints, pod} = input;
	const podOf = new Map(pods.map((item) => [item.name, item]));
	const portOf = new Map(
		endpoints
			.filter(({port}) => port !== undefined)
			.toReversed()
			.map((endpoint) => [endpoint.pod, endpoint.port]),
	);
	return {
		snapshot,
		service,
		namespace: pod?.namespace ?? service?.namespace ?? '',
		pods,
		endpoints,
		targetPort: (item) => targetPort(item, input, portOf),
		protocol: input.port?.protocol ?? 'TCP',
		// A pod that was asked for by its own address is reached whether it is ready or not.
		isNoneServing: pod
			? hasEnded(pod) || !pod.containers.some(({state}) => state.type === 'running')
			: !endpoints.some((endpoint) => takesTraffic(endpoint, podOf.get(endpoint.pod ?? ''))) &&
				!pods.some(({ready, deletedAt}) => ready && deletedAt === undefined),
	};
}

/** Published before it is ready, an endpoint may be one whose containers do not even run: nothing listens there. */
function takesTraffic({ready, serving, terminating}: ResolvedEndpoint, pod: Pod | undefined): boolean {
	const isDown =
		ready && pod !== undefined && !pod.ready && !pod.containers.some(({state}) => state.type === 'running');
	return (ready && !isDown) || (serving && terminating);
}

function targetPort(
	pod: Pod,
	{port, containerPort}: PodInput,
	portOf: ReadonlyMap<string | undefined, number | undefined>,
): number | undefined {
	if (port) {
		return findPort(pod, port) ?? portOf.get(pod.name);
	}

	return containerPort === undefined
		? undefined
		: typeof containerPort === 'number'
			? containerPort
			: [...pod.containers, ...pod.initContainers]
					.flatMap(({ports}) => ports)
					.find(({name}) => name === containerPort)?.containerPort;
}

function resolvePods(view: PodsView, {detail}: HopContext): HopEvaluation<'pod'> {
	const probed = probedPorts(view);
	const findings = podFindings(view, {probed, isFull: detail === 'full'});
	// Nothing to judge: why there are no pods is said at the endpoints.
	const status = view.pods.length === 0 && findings.length === 0 ? 'skipped' : statusOf(findings);
	const base = hop({
		status,
		summary: summaryOf(view, probed),
		findings,
		basis: probed.length > 0 ? 'evidence' : 'objects',
		details: podsDetails(view),
		subject: subjectOf(view.pods),
		notChecked:
			probed.length === 0 && status !== 'skipped' ? unprobed(view.endpoints, undeclared(view)) : undefined,
	});
	const isListed = view.endpoints.some(({ready}) => ready);
	return status === 'broken'
		? {
				...base,
				stop: isRefused(probed) || isListed ? 'refused' : 'no-endpoints',
			}
		: base;
}

/**
A pod that is ready may still have nothing that listens on the port: only a probe shows it. The kubelet probes the first address of a
pod alone, so that a process on 0.0.0.0 is Ready and refuses IPv6.
*/
function unprobed(endpoints: PodInput['endpoints'], number?: number): readonly string[] {
	const isSix = endpoints.some(({address}) => address.includes(':'));
	const listener =
		number === undefined
			? 'the process behind the port'
			: `whether a process listens on ${number}, which no container declares (--probe asks it)`;
	return [listener, ...(isSix ? ['whether it listens on IPv6'] : [])];
}

/** The port that requests come to, where the containers declare others alone (KNET506). */
function undeclared({pods, targetPort}: PodsView): number | undefined {
	const declared = pods.flatMap((pod) => servingContainers(pod).flatMap(({ports}) => ports));
	const [number] = pods.flatMap((pod) => targetPort(pod) ?? []);
	const isKnown = declared.some(({containerPort}) => containerPort === number);
	return declared.length > 0 && !isKnown ? number : undefined;
}

function hop({
	status,
	summary,
	findings,
	basis = 'objects',
	details,
	subject,
	notChecked,
}: {
	readonly status: HopStatus;
	readonly summary: string;
	readonly findings: readonly Finding[];
	readonly basis?: 'objects' | 'evidence';
	readonly details?: HopEvaluation<'pod'>['hop']['details'];
	readonly subject?: HopEvaluation<'pod'>['hop']['subject'];
	readonly notChecked?: readonly string[];
}): HopEvaluation<'pod'> {
	return {
		hop: {
			kind: 'pod',
			status,
			basis,
			subject,
			summary,
			findings,
			details,
			notChecked,
		},
	};
}

function subjectOf(pods: readonly Pod[]): HopEvaluation<'pod'>['hop']['subject'] {
	const [only] = pods;
	return only && pods.length === 1 ? refOf('Pod', only) : undefined;
}

function summaryOf(view: PodsView, probed: readonly Probed[]): string {
	const {pods} = view;
	if (pods.length === 0 || arePlanned(pods)) {
		return pods.length === 0 ? 'no pods' : `${pods.length} planned`;
	}

	const running = pods.filter(({phase, deletedAt}) => phase === 'Running' && deletedAt === undefined).length;
	const leaving = pods.filter(({deletedAt}) => deletedAt !== undefined).length;
	const pending = pods.filter((pod) => pod.phase === 'Pending' && !hasEnded(pod)).length;
	const ready = pods.filter((pod) => pod.ready && pod.deletedAt === undefined).length;
	const number = probed.length === 0 && ready > 0 ? undeclared(view) : undefined;
	const accepting = probed.filter(({evidence}) => evidence.verdict === 'open').length;
	return [
		`${running} running`,
		pending > 0 ? `${pending} pending` : '',
		leaving > 0 ? `${leaving} terminating` : '',
		`${ready} ready`,
		probed.length > 0 ? `${accepting} of ${probed.length} probed accept` : '',
		number === undefined ? '' : `port ${number} undeclared`,
	]
		.filter(Boolean)
		.join(', ');
}
