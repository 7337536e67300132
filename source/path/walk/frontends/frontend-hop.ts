import {refOf} from '../../../model/ref.ts';
import {type Service, type ServicePort, isHeadless} from '../../../model/services/service.ts';
import type {ExposureType} from '../../../rules/kube-proxy/exposure-type.ts';
import type {HopContext, HopEvaluation} from '../../hop-evaluator.ts';
import type {HopKind} from '../../hop-kind.ts';
import {eventText} from '../../event-field.ts';
import {quoted} from '../../words.ts';
import type {TargetGroupBinding} from '../../../model/services/target-group-binding.ts';
import {skipped} from '../skipped.ts';
import {unknownHostBehind} from '../../controller/unknown-host.ts';
import {evaluateHop} from '../evaluate-hop.ts';
import {loadBalancerEvaluator} from '../../load-balancer/evaluate.ts';
import {headerMissingInside} from '../../load-balancer/proxy-header.ts';
import {plainEndpoints} from '../service/service-path.ts';
import {isPending} from '../../load-balancer/pending.ts';
import {doorBehind} from '../../load-balancer/doors.ts';
import {boundHop} from '../../load-balancer/bound-hop.ts';
import {boundByHand, boundWithoutNodePorts} from '../../../rules/load-balancers/pod-targets.ts';
import {proxyBehind} from '../../kube-proxy/behind-load-balancer.ts';

export type RequestedPort = {readonly name?: string; readonly number?: number};

type FrontendInput = {
	readonly service: Service;
	readonly requested: RequestedPort | undefined;
	readonly exposureType: ExposureType | undefined;
	readonly clientNode: string | undefined;
};

export function frontendHop(
	hopContext: HopContext,
	{service, requested, exposureType, clientNode}: FrontendInput,
): HopEvaluation<HopKind> {
	const port = findPort(service, requested);
	if (hopContext.source.kind !== 'external' && exposureType !== 'load-balancer') {
		return (
			headerMissingInside(hopContext, service, port?.port) ??
			skipped('load-balancer', 'not on the way from inside')
		);
	}

	const [group] = boundByHand(hopContext.snapshot, service, port);
	if (group) {
		return boundHop(hopContext, {service, port, group});
	}

	if (isOutOfReach(service)) {
		const [refused] = boundWithoutNodePorts(hopContext.snapshot, service, port);
		return refused ? refusedBinding(hopContext, service, refused) : outOfReach(service);
	}

	return evaluateHop(loadBalancerEvaluator, hopContext, {
		service,
		port,
		endpoints: port && plainEndpoints(hopContext, service, port),
		clientPort: port?.port ?? 0,
		proxyFollows: true,
		clientNode,
		door: port && isPending(service) ? doorBehind(hopContext.snapshot, service, port) : undefined,
		exposureType,
		unknownHost: () => unknownHostBehind(hopContext.snapshot, service),
		...proxyBehind(hopContext, service),
	});
}

function findPort(service: Service, requested: RequestedPort | undefined): ServicePort | undefined {
	return service.ports.find(({name, port}) =>
		requested?.name === undefined ? port === requested?.number : name === requested.name,
	);
}

function isOutOfReach(service: Service): boolean {
	return (
		isHeadless(service) ||
		(service.type === 'ClusterIP' && service.externalIPs.length === 0) ||
		service.type === 'ExternalName'
	);
}

function outOfReach(service: Service): HopEvaluation<'load-balancer'> {
	return {
		hop: {
			kind: 'load-balancer',
			status: 'unknown',
			basis: 'objects',
			subject: refOf('Service', service),
			summary: `${isHeadless(service) ? 'headless' : service.type}: no address outside the cluster; ask with --from pod/NAME`,
			findings: [],
		},
	};
}

/** The Event of a binding has the controller's words (controllers/elbv2/targetgroupbinding_controller.go, FailedReconcile). */
function refusedBinding(
	{snapshot}: HopContext,
	service: Service,
	group: TargetGroupBinding,
): HopEvaluation<'load-balancer'> {
	const said = snapshot
		.eventsOf('TargetGroupBinding', group.namespace, group.name)
		.findLast(({type, message}) => type === 'Warning' && message.includes('service type must be'));
	return {
		hop: {
			kind: 'load-balancer',
			status: 'unknown',
			basis: 'objects',
			subject: refOf('TargetGroupBinding', group),
			summary: `TargetGroupBinding ${group.name} registers no node: ${
				said ? `${said.reason}: ${quoted(eventText(said))}` : `Service ${service.name} has no node ports`
			}`,
			findings: [],
			notChecked: [`other targets in the group of TargetGroupBinding ${group.namespace}/${group.name}`],
		},
	};
}
