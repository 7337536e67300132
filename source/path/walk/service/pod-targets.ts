import type {HopContext} from '../../hop-evaluator.ts';
import type {ServiceSegment, Served} from './service-segment.ts';
import {
	type PodTargets,
	podTargetsOf,
	podTargetsOfController,
} from '../../../rules/load-balancers/pod-targets.ts';
import type {Service} from '../../../model/services/service.ts';
import type {EndpointsOutput} from '../../endpoints/evaluate.ts';
import {targetFindings} from '../../load-balancer/pod-targets.ts';
import {statusOf} from '../../hop-status.ts';

/** Pods as targets of a load balancer: of the Service itself, or of the controller in front of it. */
export function targetsOf(
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

/** The load balancer hop of a controller is about its address alone; the health of its targets stands at the endpoints. */
export function withTargets(
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
